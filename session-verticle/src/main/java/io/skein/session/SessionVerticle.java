package io.skein.session;

import static io.skein.session.SessionMethods.EXISTS;
import static io.skein.session.SessionMethods.KICK;
import static io.skein.session.SessionMethods.LIST_DEVICES;
import static io.skein.session.SessionMethods.LOGIN;
import static io.skein.session.SessionMethods.LOGOUT;
import static io.skein.session.SessionMethods.PROFILES;
import static io.skein.session.SessionMethods.REFRESH;
import static io.skein.session.SessionMethods.REGISTER;
import static io.skein.session.SessionMethods.REVOKE_DEVICE;
import static io.skein.session.SessionMethods.VERIFY;

import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.Postgres;
import io.skein.mesh.store.RedisStore;
import io.skein.session.account.AccountService;
import io.skein.session.account.AccountStore;
import io.skein.session.account.AttemptLimits;
import io.skein.session.account.LoginService;
import io.skein.session.account.NewAccount;
import io.skein.session.account.PasswordCheck;
import io.skein.session.account.PasswordHasher;
import io.skein.session.account.PgAccountStore;
import io.skein.session.account.PgLineStore;
import io.skein.session.device.DeviceService;
import io.skein.session.device.PgDeviceStore;
import io.skein.session.directory.DirectoryParts;
import io.skein.session.erase.ErasureParts;
import io.skein.session.token.PgStandingStore;
import io.skein.session.token.TokenIssuer;
import io.skein.session.token.TokenService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/** Accounts, tokens, devices, and the directory of who is where. */
public final class SessionVerticle extends VerticleBase {
  /** So that the reply of a call that ends its own connection gets out before the bye. */
  private static final Duration AFTER_REPLY = Duration.ofMillis(50);

  private final SessionConfig config;
  private final Mesh mesh;
  private final Postgres postgres;
  private final RedisStore redis;
  private ServiceInstance instance;
  private PasswordHasher passwords;
  private DirectoryParts directory;
  private ErasureParts erasure;

  /** The stores are the caller's: this verticle does not close them. */
  public SessionVerticle(SessionConfig config, Mesh mesh, Postgres postgres, RedisStore redis) {
    this.config = config;
    this.mesh = mesh;
    this.postgres = postgres;
    this.redis = redis;
  }

  @Override
  public Future<?> start() {
    instance = mesh.instance("session");
    passwords = new PasswordHasher(vertx, config.passwords());
    directory =
        new DirectoryParts(
            mesh, instance, postgres, redis, config.devicePolicy(), config.gatewayPatience());
    AccountStore accounts = new PgAccountStore(postgres);
    AttemptLimits limits = new AttemptLimits(config.limits());

    serveTokens(accounts);
    serveAccounts(accounts, limits);
    serveLogins(accounts, limits);
    serveDevices();
    erasure =
        new ErasureParts(
            mesh,
            postgres,
            new PasswordCheck(accounts, passwords, limits),
            directory.connections(),
            this::afterReply);
    erasure.serve(instance);
    directory.serve();
    directory.start();
    return instance.start().onSuccess(started -> erasure.start(vertx));
  }

  @Override
  public Future<?> stop() {
    directory.stop();
    return erasure.stop().eventually(instance::drain).eventually(passwords::close);
  }

  private void serveTokens(AccountStore accounts) {
    TokenService tokens =
        new TokenService(
            config.tokens(),
            new PgStandingStore(postgres),
            userId -> accounts.create(NewAccount.external(userId)).mapEmpty(),
            mesh.clock());
    instance.handle(VERIFY, call -> tokens.verify(call.request()));
  }

  private void serveAccounts(AccountStore store, AttemptLimits limits) {
    AccountService accounts =
        new AccountService(store, passwords, limits, config.openRegistration());
    instance
        .handle(REGISTER, call -> accounts.register(call.request(), call.caller()))
        .handle(PROFILES, call -> accounts.profiles(call.request()))
        .handle(EXISTS, call -> accounts.exists(call.request()));
  }

  private void serveLogins(AccountStore accounts, AttemptLimits limits) {
    LoginService logins =
        new LoginService(
            accounts,
            new PgLineStore(postgres),
            passwords,
            limits,
            new TokenIssuer(config.tokens(), mesh.clock()),
            new StolenLogins(mesh.bus(), directory.connections()),
            config.tokens().refreshTtl(),
            mesh.clock());
    instance
        .handle(LOGIN, call -> logins.login(call.request(), call.caller()))
        .handle(REFRESH, call -> logins.refresh(call.request(), call.caller()));
  }

  private void serveDevices() {
    DeviceService devices =
        new DeviceService(new PgDeviceStore(postgres), directory.connections(), this::afterReply);
    instance
        .handle(LOGOUT, call -> devices.logout(call.caller(), call.remaining()))
        .handle(LIST_DEVICES, call -> devices.list(call.caller()))
        .handle(
            REVOKE_DEVICE, call -> devices.revoke(call.request(), call.caller(), call.remaining()))
        .handle(KICK, call -> devices.kick(call.request(), call.remaining()));
  }

  private void afterReply(Runnable task) {
    vertx.setTimer(AFTER_REPLY.toMillis(), timer -> task.run());
  }
}
