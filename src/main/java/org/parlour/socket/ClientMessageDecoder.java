package org.parlour.socket;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.MessageJson;
import org.parlour.protocol.Refusal;

/** JSON text to {@link ClientMessage}. The endpoint calls it itself, once its frame is complete and within the limit. */
public class ClientMessageDecoder implements Decoder.Text<ClientMessage> {

    /** Always: a text that is turned down here would be dropped without a word on some servers. */
    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public ClientMessage decode(String text) throws DecodeException {
        try {
            return MessageJson.decode(text);
        } catch (Refusal refusal) {
            throw new DecodeException(text, refusal.getMessage(), refusal);
        }
    }
}
