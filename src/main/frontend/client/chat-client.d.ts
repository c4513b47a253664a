/** The client of Parlour's protocol; messages are as in docs/protocol.md. */

export interface ConnectOptions {
  /** The application's address, http(s) or ws(s), with a slash at the end. Default: the page's own. */
  server?: string | URL;
  /** A token, or what fetches one; it is asked again when the token has ended. Without it one is a guest. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** What a guest wants to be called. */
  username?: string;
  /** Another WebSocket than the global one, for Node before 22. */
  WebSocket?: unknown;
}

export interface JoinOptions {
  password?: string;
  /** Go on behind this `seq` of this `epoch`. */
  since?: number;
  epoch?: string;
  /** Earlier messages that come by themselves. Default 0: ask for `history`. */
  historyLimit?: number;
}

/** `waiting`: the connection is lost, and tried again by itself. */
export type ConnectionState = "connecting" | "open" | "waiting" | "closed";

export interface ChatMessage {
  type: "NewMessage";
  room: string;
  seq: number;
  id: string;
  at: string;
  username: string;
  userId: string;
  content?: string;
  action?: true;
  deleted?: true;
  replyTo?: number;
  nonce?: string;
}

export interface Ack {
  seq: number;
  id: string;
  at: string;
  duplicate?: boolean;
  nonce?: string;
}

export interface Page {
  events: ChatMessage[];
  hasMore: boolean;
  before?: number;
  after?: number;
}

export interface Presence {
  count: number;
  users?: { username: string; userId: string; since: string }[];
}

export interface SendOptions {
  /** To this one alone. */
  to?: string;
  replyTo?: number;
  /** What one does, as by `/me`. */
  action?: boolean;
  /** One's own id for it. Default: a new one. */
  nonce?: string;
}

export declare class ChatError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly field?: string;
}

/** Many rooms on one socket. Events: `state`, `welcome`, `private`, `readMarker`, `error`. */
export declare class ChatConnection extends EventTarget {
  readonly state: ConnectionState;
  readonly username?: string;
  readonly userId?: string;
  readonly rooms: ChatRoom[];
  /** How many messages wait for their Ack. */
  readonly pending: number;
  join(room: string, options?: JoinOptions): ChatRoom;
  /** Any request of the protocol; resolves with its reply. */
  request(request: { type: string; [field: string]: unknown }): Promise<any>;
  close(): void;
}

/**
 * Events: `welcome`, `message`, `deleted`, `userJoined`, `userLeft`, `userRenamed`, `topic`, `typing`, `moderated`, `gap` (what lies between must be
 * read by `history`), `error`. Iterating gives the messages from now on.
 */
export declare class ChatRoom extends EventTarget implements AsyncIterable<ChatMessage> {
  readonly name: string;
  readonly state: ConnectionState;
  readonly username?: string;
  readonly userId?: string;
  readonly lastSeq: number;
  readonly pending: number;
  /** Once one is in; fails if one may not. */
  readonly ready: Promise<ChatRoom>;
  readonly connection: ChatConnection;
  /** Resolves once it is stored, however often the connection is lost meanwhile. */
  send(content: string, options?: SendOptions): Promise<Ack>;
  history(options?: { before?: number; after?: number; around?: number; limit?: number }): Promise<Page>;
  who(): Promise<Presence>;
  typing(state?: "start" | "stop"): void;
  delete(seq: number, reason?: string): Promise<Ack>;
  request(request: { type: string; [field: string]: unknown }): Promise<any>;
  leave(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncIterator](): AsyncIterator<ChatMessage>;
}

/** A new nonce, as `send` makes one. */
export declare function newNonce(): string;

export declare function connect(options?: ConnectOptions): ChatConnection;
export declare function joinRoom(options: ConnectOptions & { room: string; password?: string }): Promise<ChatRoom>;
