// What <chat-room> is made of; fetched at once, beside its frame.
import { MessageComposer } from "../parts/composer.js";
import { ChatMenu } from "../parts/menu.js";
import { MessageList } from "../parts/message-list.js";

const define = (name, type) => customElements.get(name) ?? customElements.define(name, type);
define("chat-messages", MessageList);
define("chat-composer", MessageComposer);
define("chat-menu", ChatMenu);
