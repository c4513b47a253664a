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

/** What is in a room's log, in this order. */
export interface RoomEvent {
  room: string;
  seq: number;
  id: string;
  at: string;
}

export interface ChatMessage extends RoomEvent {
  type: "NewMessage";
  username: string;
  userId: string;
  content?: string;
  action?: true;
  deleted?: true;
  replyTo?: number;
  nonce?: string;
}

/** Somebody came, or went (with a `reason`); `count`: how many are there now. */
export interface Movement extends RoomEvent {
  username: string;
  userId: string;
  count?: number;
  reason?: string;
}

export interface Renaming extends Movement {
  from: string;
}

export interface TopicChange extends RoomEvent {
  username: string;
  topic: string;
}

/** `target`: the `seq` of the message that is no more. */
export interface Deletion extends RoomEvent {
  username: string;
  userId: string;
  target: number;
  reason?: string;
}

export interface PrivateMessage {
  type: "PrivateMessage";
  from: string;
  to: string;
  /** The other of the two, whoever said it. */
  with: string;
  withId: string;
  seq: number;
  id: string;
  at: string;
  userId: string;
  content: string;
  action?: true;
  replyTo?: number;
  nonce?: string;
}

export interface Typing {
  room: string;
  username: string;
  state: "start" | "stop";
}

export interface Moderated {
  room: string;
  action: "kick" | "ban" | "unban" | "mute" | "unmute" | "role";
  username: string;
  by: string;
  role?: string;
  until?: string;
  reason?: string;
}

export interface Welcome {
  room: string;
  head: number;
  oldest: number;
  recovered: boolean;
  epoch?: string;
  username?: string;
  userId: string;
  authenticated: boolean;
  roles?: string[];
  [field: string]: unknown;
}

export interface Notice {
  code: string;
  message: string;
  room?: string;
  topic?: string;
}

/** What lies behind `from`, up to `to`, was missed. `reset`: what was known before is worthless. */
export interface Gap {
  from: number;
  to: number;
  reset: boolean;
}

export interface ReadMarker {
  room?: string;
  with?: string;
  withId?: string;
  seq: number;
}

/** A refusal, as the server puts it. */
export interface Refusal {
  code: string;
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
  field?: string;
  room?: string;
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

type Listener = Parameters<EventTarget["addEventListener"]>[1];
type ListenerOptions = Parameters<EventTarget["addEventListener"]>[2];

/** The `detail` of each `CustomEvent`. */
export interface ConnectionEvents {
  /** `code`: the close code, if a connection was closed. */
  state: { state: ConnectionState; code?: number };
  welcome: Welcome;
  private: PrivateMessage;
  readMarker: ReadMarker;
  notice: Notice;
  error: Refusal;
}

/** The `detail` of each `CustomEvent`. */
export interface RoomEvents {
  welcome: Welcome;
  message: ChatMessage;
  deleted: Deletion;
  userJoined: Movement;
  userLeft: Movement;
  userRenamed: Renaming;
  topic: TopicChange;
  typing: Typing;
  presence: Presence;
  moderated: Moderated;
  notice: Notice;
  /** What lies between must be read by `history`. */
  gap: Gap;
  error: Refusal;
}

/** Many rooms on one socket. */
export declare class ChatConnection extends EventTarget {
  addEventListener<K extends keyof ConnectionEvents>(type: K, listener: (event: CustomEvent<ConnectionEvents[K]>) => void, options?: ListenerOptions): void;
  addEventListener(type: string, listener: Listener, options?: ListenerOptions): void;
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

/** Iterating gives the messages from now on. */
export declare class ChatRoom extends EventTarget implements AsyncIterable<ChatMessage> {
  addEventListener<K extends keyof RoomEvents>(type: K, listener: (event: CustomEvent<RoomEvents[K]>) => void, options?: ListenerOptions): void;
  addEventListener(type: string, listener: Listener, options?: ListenerOptions): void;
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
