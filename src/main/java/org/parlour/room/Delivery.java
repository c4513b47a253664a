package org.parlour.room;

import org.parlour.history.StoredEvent;
import org.parlour.protocol.ServerMessage;

/** Takes stored events, in the log's order, on a lane's thread. */
interface Delivery {

    /**
     * @param asker the member whose request it was, null if nobody waits for an ack
     * @param ack what the asker is told instead of the event, or null
     */
    void happened(StoredEvent event, Member asker, ServerMessage.Ack ack);
}
