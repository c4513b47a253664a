// All dialogs; fetched when the first one is wanted.
import { AccountDialog } from "./dialogs/account.js";
import { FindDialog } from "./dialogs/find.js";
import { InviteDialog } from "./dialogs/invite.js";
import { KeysDialog } from "./dialogs/keys.js";
import { ModerateDialog } from "./dialogs/moderate.js";
import { PreferencesDialog } from "./dialogs/preferences.js";
import { NewRoomDialog, RoomDialog } from "./dialogs/room.js";
import { TopicDialog } from "./dialogs/topic.js";

const DIALOGS = {
  account: AccountDialog, find: FindDialog, invite: InviteDialog, keys: KeysDialog, moderate: ModerateDialog,
  new: NewRoomDialog, preferences: PreferencesDialog, room: RoomDialog, topic: TopicDialog,
};

for (const [name, type] of Object.entries(DIALOGS)) customElements.define(`${name}-dialog`, type);

/** @param {string} what @param {ParentNode} root @param {import("./dialog.js").Around} around */
export function open(what, root, around) {
  const dialog = new DIALOGS[what]();
  dialog.around = around;
  root.append(dialog);
}
