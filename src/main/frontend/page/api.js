// Requests to the REST API. See docs/protocol.md.

/** Where the application is, whatever its context path. */
export const SERVER = document.baseURI.replace(/[?#].*$/, "").replace(/[^/]*$/, "");

export class Refused extends Error {
  /** @param {number} status @param {{detail?: string, code?: string, field?: string}} problem */
  constructor(status, problem) {
    super(problem.detail ?? String(status));
    this.status = status;
    this.code = problem.code;
    this.field = problem.field;
  }
}

export class Api {
  /** @param {() => Promise<string | undefined>} bearer who asks */
  constructor(bearer) {
    this.bearer = bearer;
  }

  /**
   * @param {string} method @param {string} path below `api/v1/` @param {unknown} [body]
   * @returns {Promise<any>} the answer's JSON
   * @throws {Refused}
   */
  async ask(method, path, body, bearer = undefined) {
    const token = bearer === undefined ? await this.bearer() : bearer;
    const response = await fetch(new URL("api/v1/" + path, SERVER), {
      method,
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...(token ? { Authorization: "Bearer " + token } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    const isJson = /[/+]json/.test(response.headers.get("Content-Type") ?? "");
    const answer = isJson ? await response.json() : undefined;
    if (!response.ok) throw new Refused(response.status, answer ?? {});
    return answer;
  }

  get(path) {
    return this.ask("GET", path);
  }
}

/** A part of a path. @param {string} name */
export const part = (name) => encodeURIComponent(name);
