// Who is sitting here: a guest or an account, and what proves it. Several tabs share it.
import { Api } from "./api.js";
import { kept, keep, forget } from "./kept.js";

/** Milliseconds before the end of an access token when another is fetched. */
const EARLY = 60_000;

/** Event `change`: somebody has come in or gone out, here or in another tab. */
export class Session extends EventTarget {
  /** @type {"nobody" | "guest" | "account"} */ kind = "nobody";
  username = "";
  userId = "";
  administrator = false;
  api = new Api(() => this.bearer());
  #access = "";
  #ends = 0;

  /** What was remembered of the last visit. */
  async begin() {
    if (kept("account")) {
      try {
        await this.#refresh();
        await this.#me();
        return;
      } catch (failure) {
        if (failure.status !== 401) throw failure;
        forget("account");
      }
    }
    const guest = kept("guest");
    if (guest?.username) {
      this.kind = "guest";
      this.username = guest.username;
    }
  }

  /** Comes in as a guest. @param {string} username */
  asGuest(username) {
    keep("guest", { ...kept("guest"), username });
    this.kind = "guest";
    this.username = username;
    this.#changed();
  }

  /** What the server gave a guest, so that it is the same one next time. */
  guestIs(username, userId, token) {
    this.username = username ?? this.username;
    this.userId = userId;
    if (token) keep("guest", { username: this.username, token });
  }

  /** @param {string} username @param {string} password */
  async signUp(username, password) {
    await this.api.ask("POST", "accounts", { username, password }, "");
    await this.signIn(username, password);
  }

  /** @param {string} username @param {string} password */
  async signIn(username, password) {
    this.#take(await this.api.ask("POST", "sessions", { username, password, cookie: true }, ""));
    await this.#me();
    this.#changed();
  }

  async leave() {
    if (this.kind === "account") {
      try {
        await this.api.ask("DELETE", "sessions/current");
      } catch {
        // The login has ended already, or the server is away: here it ends all the same.
      }
      forget("account");
    }
    forget("guest");
    forget("rooms");
    this.kind = "nobody";
    this.username = this.userId = this.#access = "";
    this.administrator = false;
    this.#changed();
  }

  /** A token that is good now; for a guest that of its last visit. @returns {Promise<string | undefined>} */
  async bearer() {
    if (this.kind !== "account") return kept("guest")?.token;
    if (Date.now() > this.#ends - EARLY) await this.#refresh();
    return this.#access;
  }

  // One tab at a time: a refresh token is good once. Over plain HTTP browsers have no locks; of two tabs the server then tells one to
  // try again.
  async #refresh() {
    const refresh = async () => this.#take(await this.api.ask("POST", "sessions/refresh", {}, ""));
    await (navigator.locks ? navigator.locks.request("parlour-refresh", refresh) : refresh());
  }

  #take(login) {
    this.kind = "account";
    this.username = login.username;
    this.userId = login.userId;
    this.#access = login.accessToken;
    this.#ends = Date.now() + login.expiresIn * 1_000;
    keep("account", { username: login.username });
  }

  async #me() {
    const me = await this.api.get("me");
    this.administrator = (me.roles ?? []).includes("administrator");
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
