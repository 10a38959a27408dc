package io.skein.node.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

@DisplayName("What our modules depend on, among themselves")
class ModuleRulesTest {

  private final SourceTree tree = SourceTree.find();

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "session", "message", "presence", "notify"})
  @DisplayName("a verticle depends on the mesh, and through it on the protocol")
  void verticlesDependOnTheMesh(String service) throws Exception {
    assertThat(ours(service + "-verticle")).containsExactly("skein-mesh");
  }

  @Test
  @DisplayName("the mesh depends on the protocol")
  void theMeshDependsOnTheProtocol() throws Exception {
    assertThat(ours("mesh")).containsExactly("skein-protocol");
  }

  @Test
  @DisplayName("the client depends on the protocol")
  void theClientDependsOnTheProtocol() throws Exception {
    assertThat(ours("clients/java")).containsExactly("skein-protocol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocol", "embedded"})
  @DisplayName("the lowest modules depend on none of ours")
  void theLowestStandAlone(String module) throws Exception {
    assertThat(ours(module)).isEmpty();
  }

  /** Our modules among the dependencies with which {@code module} is compiled or runs. */
  private Set<String> ours(String module)
      throws IOException, ParserConfigurationException, SAXException {
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(tree.pomOf(module).toFile())
            .getElementsByTagName("dependency");
    Set<String> ours = new TreeSet<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      if (text(dependency, "groupId").equals("io.skein")
          && !text(dependency, "scope").equals("test")) {
        ours.add(text(dependency, "artifactId"));
      }
    }
    return ours;
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
