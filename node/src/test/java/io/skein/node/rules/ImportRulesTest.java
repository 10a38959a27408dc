package io.skein.node.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.eventbus.EventBus;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who may import whom")
class ImportRulesTest {

  private static final String[] SERVICES = {"gateway", "session", "message", "presence", "notify"};

  private static JavaClasses skein;

  @BeforeAll
  static void readEveryClass() {
    skein =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.skein");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "session", "message", "presence", "notify"})
  @DisplayName("a verticle imports no sibling, not the node, and no embedded database")
  void noSiblings(String service) {
    String[] others =
        Stream.concat(
                Arrays.stream(SERVICES).filter(other -> !other.equals(service)),
                Stream.of("node", "embedded", "client"))
            .map(ImportRulesTest::below)
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(below(service))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others));
  }

  @Test
  @DisplayName("the mesh imports the protocol only")
  void meshStandsOnTheProtocol() {
    check(
        noClasses()
            .that()
            .resideInAPackage(below("mesh"))
            .should()
            .dependOnClassesThat(ourOwnOutside("mesh", "protocol")));
  }

  @Test
  @DisplayName("the protocol stands alone, and is plain Java")
  void protocolStandsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(below("protocol"))
            .should()
            .dependOnClassesThat(ourOwnOutside("protocol")));
    check(
        noClasses()
            .that()
            .resideInAPackage(below("protocol"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty.."));
  }

  @Test
  @DisplayName("the embedded servers stand alone")
  void embeddedStandsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(below("embedded"))
            .should()
            .dependOnClassesThat(ourOwnOutside("embedded")));
  }

  @Test
  @DisplayName("the Java client imports the protocol, and no Vert.x, so that Android can use it")
  void clientIsPlain() {
    check(
        noClasses()
            .that()
            .resideInAPackage(below("client"))
            .should()
            .dependOnClassesThat(ourOwnOutside("client", "protocol")));
    check(
        noClasses()
            .that()
            .resideInAPackage(below("client"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.."));
  }

  @Test
  @DisplayName("only the node knows Hazelcast and the configuration library")
  void onlyTheNodeKnowsTheCluster() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(below("node"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..", "io.smallrye.."));
  }

  @Test
  @DisplayName("only the mesh touches the raw event bus")
  void onlyTheMeshTouchesTheBus() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(below("mesh"))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EventBus.class));
  }

  @Test
  @DisplayName("untyped JSON stays in codecs and configuration")
  void untypedJsonStaysAtTheEdges() {
    check(
        noClasses()
            .that(resideInAnyPackage(allServices()))
            .and()
            .haveNameNotMatching(".*(Codec|Config)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.json.JsonObject")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.json.JsonArray"));
  }

  @Test
  @DisplayName("names say what a class does: no manager, util, helper, common")
  void namesSaySomething() {
    check(
        classes()
            .that(resideInAPackage("io.skein..").and(not(resideInAPackage("io.skein.protocol.v1"))))
            .should()
            .haveNameNotMatching(".*(Manager|Utils?|Helpers?|Impl|\\.Common[A-Z]\\w*)"));
  }

  /** Fails, too, when the rule finds no class to look at: then a package has got another name. */
  private static void check(ArchRule rule) {
    rule.check(skein);
  }

  private static String below(String module) {
    return "io.skein." + module + "..";
  }

  private static String[] allServices() {
    return Arrays.stream(SERVICES).map(ImportRulesTest::below).toArray(String[]::new);
  }

  /** Classes of ours in any other module than those named. */
  private static DescribedPredicate<JavaClass> ourOwnOutside(String... modules) {
    String[] allowed = Arrays.stream(modules).map(ImportRulesTest::below).toArray(String[]::new);
    return resideInAPackage("io.skein..").and(not(resideInAnyPackage(allowed)));
  }
}
