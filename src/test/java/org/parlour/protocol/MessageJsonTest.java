package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.HostileStrings;
import org.parlour.testing.MalformedJson;

class MessageJsonTest {

    private static final String AT = "2026-11-23T09:15:02.120Z";

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        "{'type':'SetUsername','username':'ann','ref':'r'}",
                        new ClientMessage.SetUsername("r", null, "ann")),
                Arguments.of(
                        "{'type':'Delete','seq':7,'reason':'Enough.','room':'kitchen','ref':'r'}",
                        new ClientMessage.Delete("r", "kitchen", 7L, "Enough.")),
                Arguments.of("{'type':'SetUsername'}", new ClientMessage.SetUsername(null, null, null)),
                Arguments.of(
                        "{'type':'Message','content':'hi','nonce':'n','ref':'r'}",
                        new ClientMessage.Say("r", null, "hi", "n", null)),
                Arguments.of(
                        "{'type':'Message','content':'/who'}", new ClientMessage.Say(null, null, "/who", null, null)),
                Arguments.of("{'content':' ','type':'Message'}", new ClientMessage.Say(null, null, " ", null, null)),
                Arguments.of("{'type':'Message'}", new ClientMessage.Say(null, null, null, null, null)),
                Arguments.of(
                        "{'type':'NewMessage','username':'eve','content':'hi','nonce':'n','ref':'r'}",
                        new ClientMessage.NewMessage("r", null, "eve", "hi", "n", null)),
                Arguments.of(
                        "{'type':'History','limit':50,'before':120,'ref':'r'}",
                        new ClientMessage.History("r", null, null, null, 50, 120L, null, null)),
                Arguments.of(
                        "{'type':'History','limit':-2147483648,'before':999999999999999999}",
                        new ClientMessage.History(
                                null, null, null, null, Integer.MIN_VALUE, 999_999_999_999_999_999L, null, null)),
                Arguments.of(
                        "{'type':'History','limit':null}",
                        new ClientMessage.History(null, null, null, null, null, null, null, null)),
                Arguments.of(
                        "{'type':'History','room':'lobby','after':7}",
                        new ClientMessage.History(null, "lobby", null, null, null, null, 7L, null)),
                Arguments.of(
                        "{'type':'History','around':7}",
                        new ClientMessage.History(null, null, null, null, null, null, null, 7L)),
                Arguments.of(
                        "{'type':'Hello','token':'t','username':'ann','since':7,'epoch':'e','historyLimit':0,'password':'p','ref':'r'}",
                        new ClientMessage.Hello("r", "t", "ann", 7L, "e", 0, "p")),
                Arguments.of("{'type':'Hello'}", new ClientMessage.Hello(null, null, null, null, null, null, null)),
                Arguments.of(
                        "{'type':'Join','room':'lobby','since':7,'epoch':'e','password':'p','ref':'r'}",
                        new ClientMessage.Join("r", "lobby", 7L, "e", null, "p")),
                Arguments.of(
                        "{'type':'Invite','room':'kitchen','uses':7,'seconds':60,'ref':'r'}",
                        new ClientMessage.Invite("r", "kitchen", 7, 60L)),
                Arguments.of(
                        "{'type':'Moderate','action':'ban','username':'bob','seconds':60,'reason':'x','address':true}",
                        new ClientMessage.Moderate(null, null, "ban", "bob", null, 60L, "x", true)),
                Arguments.of(
                        "{'type':'Private','room':'lobby','to':'bob','userId':'b','content':'hi','nonce':'n','replyTo':7,'ref':'r'}",
                        new ClientMessage.Private("r", "lobby", "bob", "b", "hi", "n", 7L)),
                Arguments.of(
                        "{'type':'History','with':'bob','userId':'b'}",
                        new ClientMessage.History(null, null, "bob", "b", null, null, null, null)),
                Arguments.of(
                        "{'type':'Read','room':'lobby','with':'bob','userId':'b','seq':7,'ref':'r'}",
                        new ClientMessage.Read("r", "lobby", "bob", "b", 7L)),
                Arguments.of("{'type':'Auth','token':'t','ref':'r'}", new ClientMessage.Auth("r", "t")),
                Arguments.of(
                        "{'type':'Typing','room':'lobby','state':'start'}",
                        new ClientMessage.Typing(null, "lobby", "start")),
                Arguments.of(
                        "{'type':'Message','content':'hi','room':'lobby','replyTo':7}",
                        new ClientMessage.Say(null, "lobby", "hi", null, 7L)),
                Arguments.of(
                        "{'type':'Act','content':'waves','room':'lobby','nonce':'n'}",
                        new ClientMessage.Act(null, "lobby", "waves", "n")),
                Arguments.of(
                        "{'type':'Topic','topic':'tea','room':'lobby','ref':'r'}",
                        new ClientMessage.Topic("r", "lobby", "tea")),
                Arguments.of("{'type':'Who','ref':'r'}", new ClientMessage.Who("r", null)),
                Arguments.of("{'type':'Leave','ref':'r'}", new ClientMessage.Leave("r", null)),
                Arguments.of("{'type':'Ping','ref':'r'}", new ClientMessage.Ping("r")),
                Arguments.of("{'type':'Ping','ref':null}", new ClientMessage.Ping(null)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyKindIsUnderstood(String text, ClientMessage request) {
        assertThat(MessageJson.decode(json(text))).isEqualTo(request);
    }

    @Test
    void noKindIsForgottenHere() {
        var understood = requests().map(example -> example.get()[1].getClass()).distinct();
        var said = answers().map(example -> example.get()[0].getClass()).distinct();

        assertThat(understood.map(Class.class::cast)).containsExactlyInAnyOrder(kindsOf(ClientMessage.class));
        assertThat(said.map(Class.class::cast)).containsExactlyInAnyOrder(kindsOf(ServerMessage.class));
    }

    static List<String> hostileStrings() {
        return HostileStrings.all();
    }

    @ParameterizedTest
    @MethodSource("hostileStrings")
    void aContentComesThroughAsItWasSent(String content) {
        var said = MessageJson.encode(
                new ServerMessage.NewMessage("ann", content, null, null, null, "general", 1, "1-1", AT, null, null));

        var heard = MessageJson.decode(said);

        assertThat(heard).isEqualTo(new ClientMessage.NewMessage(null, "general", "ann", content, null, null));
    }

    @ParameterizedTest
    @MethodSource("hostileStrings")
    void aContentCannotBreakOutOfItsFrame(String content) {
        var said = MessageJson.encode(
                new ServerMessage.NewMessage("ann", content, null, null, null, "general", 1, "1-1", AT, null, null));

        var fields = StrictJson.fieldsOf(said);

        assertThat(fields).containsOnlyKeys("type", "username", "content", "room", "seq", "id", "at");
        assertThat(said.codePoints()).noneMatch(c -> c < 0x20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'ref':'r'}",
                "{'type':null}",
                "{'type':1}",
                "{'type':true}",
                "{'type':['Ping']}",
                "{'type':{'type':'Ping'}}",
                "{'Type':'Ping'}"
            })
    void aMessageWithoutATypeIsRefused(String text) {
        var refusal = refusalOf(json(text));

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_MESSAGE);
        assertThat(refusal.answer().field()).isEqualTo("type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ping",
                "PING",
                "Ping ",
                "Help",
                "Say",
                "Batch",
                "Welcome",
                "java.lang.Runtime",
                "org.parlour.protocol.ClientMessage$Ping",
                "<script>",
                "P\\u0456ng"
            })
    void anUnknownTypeIsRefusedWithoutRepeatingIt(String type) {
        var refusal = refusalOf("{\"type\":\"" + type + "\",\"ref\":\"r\"}");

        assertThat(refusal.answer())
                .isEqualTo(new ServerMessage.Error(
                        "UNKNOWN_TYPE", "There is no such message type.", null, "r", false, null, "type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Ping','type':'Who'}",
                "{'type':'Ping','\\u0074ype':'Who'}",
                "{'\\u0074ype':'Ping','t\\u0079pe':'Ping'}",
                "{'type':'Ping','ref':'1','re\\u0066':'2'}",
                "{'type':'Message','content':'a','content':'b'}",
                "{'type':'Ping','x':{'a':1,'\\u0061':1}}",
                "{'type':'Ping'}x",
                "{'type':'Ping'}{'type':'Ping'}",
                "{'type':'Ping'},",
                "{'type':'Ping'",
                "{'type':'Ping',}",
                "[{'type':'Ping'}]",
                "'Ping'"
            })
    void whatIsNotExactlyOneObjectIsRefused(String text) {
        assertThat(refusalOf(json(text)).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 100, 1_000, 10_000, 100_000})
    void deepNestingIsRefusedAndNotDiedOf(int levels) {
        var arrays = "{\"type\":\"Ping\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
        var objects = "{\"type\":\"Ping\",\"x\":" + "{\"x\":".repeat(levels) + "1" + "}".repeat(levels) + "}";
        var open = "{\"type\":\"Ping\",\"x\":" + "[".repeat(levels);

        assertThat(Stream.of(arrays, objects, open))
                .allSatisfy(text -> assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.BAD_MESSAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1.5", "true", "false", "[]", "['x']", "{}", "{'a':'b'}"})
    void aStringIsDueWhereAStringIsDue(String value) {
        var fields = List.of("content", "nonce", "ref");

        assertThat(fields).allSatisfy(field -> {
            var answer = refusalOf(json("{'type':'Message','" + field + "':" + value + "}"))
                    .answer();

            assertThat(answer)
                    .isEqualTo(new ServerMessage.Error(
                            "BAD_MESSAGE", "\"" + field + "\" is a string.", null, null, false, null, field));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'1'",
                "''",
                "true",
                "[1]",
                "{}",
                "1.5",
                "1.0",
                "-0.0",
                "1e2",
                "1E0",
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "9999999999999999999",
                "99999999999999999999999999999999999999"
            })
    void aWholeNumberIsDueWhereANumberIsDue(String value) {
        var fields = List.of("limit", "before");

        assertThat(fields).allSatisfy(field -> {
            var answer = refusalOf(json("{'type':'History','ref':'r','" + field + "':" + value + "}"))
                    .answer();

            assertThat(answer)
                    .isEqualTo(new ServerMessage.Error(
                            "BAD_MESSAGE", "\"" + field + "\" is a whole number.", null, "r", false, null, field));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "4294967297", "999999999999999999"})
    void aLimitThatWouldTurnIntoAnotherNumberIsRefused(String limit) {
        assertThat(refusalOf(json("{'type':'History','limit':" + limit + "}"))
                        .answer()
                        .field())
                .isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "x\\u0000y", "\\uD800", "\\uDC00", "\\uD83Dx", "\\uDE00\\uD83D"})
    void whatCannotBeStoredIsRejectedWhereverItStands(String poison) {
        var texts = List.of(
                "{'type':'Message','content':'" + poison + "'}",
                "{'type':'SetUsername','username':'" + poison + "'}",
                "{'type':'Ping','ref':'" + poison + "'}",
                "{'type':'" + poison + "'}",
                "{'type':'Ping','x':['" + poison + "']}",
                "{'type':'Ping','" + poison + "':1}");

        assertThat(texts)
                .allSatisfy(text -> assertThat(refusalOf(json(text)).code()).isEqualTo(ErrorCode.CONTENT_REJECTED));
    }

    @ParameterizedTest
    @CsvSource({"ref, 0", "ref, 65", "ref, 60000", "nonce, 0", "nonce, 65", "nonce, 60000"})
    void anIdHasOneToSixtyFourCharacters(String field, int length) {
        var answer = refusalOf(json("{'type':'Message','content':'hi','" + field + "':'" + "x".repeat(length) + "'}"))
                .answer();

        assertThat(answer.code()).isEqualTo("BAD_MESSAGE");
        assertThat(answer.message()).isEqualTo("\"" + field + "\" has 1 to 64 characters.");
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.ref()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void theShortestAndTheLongestIdAreTaken(int length) {
        var id = "x".repeat(length);

        var request = MessageJson.decode(json("{'type':'Message','ref':'" + id + "','nonce':'" + id + "'}"));

        assertThat(request).isEqualTo(new ClientMessage.Say(id, null, null, id, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ref':'r'}",
                "{'type':'Nothing','ref':'r'}",
                "{'ref':'r','type':'Message','content':1}",
                "{'type':'Message','content':1,'ref':'r'}",
                "{'type':'Message','nonce':'','ref':'r'}",
                "{'type':'History','limit':'x','\\u0072ef':'r'}"
            })
    void theRefusalBringsTheRefBack(String text) {
        assertThat(refusalOf(json(text)).answer().ref()).isEqualTo("r");
    }

    static Stream<String> everythingWrong() {
        return Stream.of(MalformedJson.brokenObjects(), MalformedJson.noObjects())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("everythingWrong")
    void aRefusalTellsNothingOfTheInside(String text) {
        var refusal = refusalOf(text);

        assertThat(refusal.getMessage())
                .hasSizeLessThan(100)
                .endsWith(".")
                .doesNotContain("org.", "java.", "jakarta.", "Exception", "@")
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(refusal.getCause()).isNull();
    }

    static Stream<Arguments> answers() {
        var said = new ServerMessage.NewMessage("ann", "hi", null, null, null, "general", 6, "1-6", AT, null, null);
        return Stream.of(
                Arguments.of(
                        new ServerMessage.Welcome(
                                1,
                                "parlour",
                                "c",
                                null,
                                "general",
                                "e",
                                19,
                                1,
                                false,
                                null,
                                "g",
                                false,
                                null,
                                "t",
                                2,
                                new ServerMessage.Limits(65_536, 4_000, 32, 1_000, 50),
                                25_000),
                        "{'type':'Welcome','protocol':1,'server':'parlour','connection':'c','room':'general','epoch':'e',"
                                + "'head':19,'oldest':1,'recovered':false,'userId':'g','authenticated':false,'token':'t','waiting':2,'limits':{'frameBytes':65536,"
                                + "'content':4000,'username':32,'history':1000,'rooms':50},'heartbeatMs':25000}"),
                Arguments.of(
                        said,
                        "{'type':'NewMessage','username':'ann','content':'hi','room':'general','seq':6,'id':'1-6',"
                                + "'at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.NewMessage(
                                "ann", "waves", true, null, null, "general", 7, "1-7", AT, null, null),
                        "{'type':'NewMessage','username':'ann','content':'waves','action':true,'room':'general',"
                                + "'seq':7,'id':'1-7','at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.PrivateMessage(
                                "ann", "bob", "ann", "a", "hi", null, 3L, 4, "9-4", AT, "a", "n"),
                        "{'type':'PrivateMessage','from':'ann','to':'bob','with':'ann','withId':'a','content':'hi',"
                                + "'replyTo':3,'seq':4,'id':'9-4','at':'" + AT + "','userId':'a','nonce':'n'}"),
                Arguments.of(
                        new ServerMessage.Ack("r", "n", null, "bob", "b", 5, "9-5", AT, true),
                        "{'type':'Ack','ref':'r','nonce':'n','with':'bob','withId':'b','seq':5,'id':'9-5','at':'" + AT
                                + "','duplicate':true}"),
                Arguments.of(
                        new ServerMessage.Batch("history", null, "bob", "b", "r", true, 1L, 2L, List.of(said)),
                        "{'type':'Batch','kind':'history','with':'bob','withId':'b','ref':'r','hasMore':true,'before':1,"
                                + "'after':2,'events':[{'type':'NewMessage','username':'ann','content':'hi','room':'general',"
                                + "'seq':6,'id':'1-6','at':'" + AT + "'}]}"),
                Arguments.of(
                        new ServerMessage.UserJoined("ann", 1, "general", 1, "1-1", AT, null),
                        "{'type':'UserJoined','username':'ann','count':1,'room':'general','seq':1,'id':'1-1',"
                                + "'at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.UserJoined("ann", null, "general", 1, "1-1", AT, null),
                        "{'type':'UserJoined','username':'ann','room':'general','seq':1,'id':'1-1','at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.UserLeft("ann", "quit", 0, "general", 2, "1-2", AT, null),
                        "{'type':'UserLeft','username':'ann','reason':'quit','count':0,'room':'general','seq':2,"
                                + "'id':'1-2','at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.UserRenamed("ann", "eve", 1, "general", 3, "1-3", AT, null),
                        "{'type':'UserRenamed','from':'ann','username':'eve','count':1,'room':'general','seq':3,"
                                + "'id':'1-3','at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.TopicChanged("ann", "", "general", 4, "1-4", AT),
                        "{'type':'TopicChanged','username':'ann','topic':'','room':'general','seq':4,'id':'1-4',"
                                + "'at':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.Ack("r", "n", "general", 5, "1-5", AT, true),
                        "{'type':'Ack','ref':'r','nonce':'n','room':'general','seq':5,'id':'1-5','at':'" + AT
                                + "','duplicate':true}"),
                Arguments.of(
                        new ServerMessage.Ack(null, null, "general", Long.MAX_VALUE, "1-5", AT, false),
                        "{'type':'Ack','room':'general','seq':9223372036854775807,'id':'1-5','at':'" + AT
                                + "','duplicate':false}"),
                Arguments.of(
                        new ServerMessage.Batch("history", "general", "r", true, null, null, List.of(said)),
                        "{'type':'Batch','kind':'history','room':'general','ref':'r','hasMore':true,'events':["
                                + "{'type':'NewMessage','username':'ann','content':'hi','room':'general','seq':6,"
                                + "'id':'1-6','at':'" + AT + "'}]}"),
                Arguments.of(
                        new ServerMessage.Batch("history", "general", null, false, null, null, List.of()),
                        "{'type':'Batch','kind':'history','room':'general','hasMore':false,'events':[]}"),
                Arguments.of(
                        new ServerMessage.ReadMarker(null, null, "bob", "b", 7),
                        "{'type':'ReadMarker','with':'bob','withId':'b','seq':7}"),
                Arguments.of(
                        new ServerMessage.Presence(
                                "r", "general", 1, List.of(new ServerMessage.Present("ann", AT, null))),
                        "{'type':'Presence','ref':'r','room':'general','count':1,'users':[{'username':'ann',"
                                + "'since':'" + AT + "'}]}"),
                Arguments.of(
                        new ServerMessage.Notice("HELP", "/who: who is here · //x", null, null),
                        "{'type':'Notice','code':'HELP','message':'/who: who is here · //x'}"),
                Arguments.of(
                        new ServerMessage.Error("OVERLOADED", "Later.", null, null, true, null, null),
                        "{'type':'Error','code':'OVERLOADED','message':'Later.','retryable':true}"),
                Arguments.of(
                        new ServerMessage.Error("BAD_MESSAGE", "No.", null, "r", false, null, "limit"),
                        "{'type':'Error','code':'BAD_MESSAGE','message':'No.','ref':'r','retryable':false,"
                                + "'field':'limit'}"),
                Arguments.of(
                        new ServerMessage.NewMessage("ann", "hi", null, null, 3L, "general", 6, "1-6", AT, "g", "n"),
                        "{'type':'NewMessage','username':'ann','content':'hi','replyTo':3,'room':'general','seq':6,"
                                + "'id':'1-6','at':'" + AT + "','userId':'g','nonce':'n'}"),
                Arguments.of(
                        new ServerMessage.NewMessage("ann", null, null, true, null, "general", 6, "1-6", AT, "g", null),
                        "{'type':'NewMessage','username':'ann','deleted':true,'room':'general','seq':6,"
                                + "'id':'1-6','at':'" + AT + "','userId':'g'}"),
                Arguments.of(
                        new ServerMessage.MessageDeleted("bob", 6, null, "general", 7, "1-7", AT, "g"),
                        "{'type':'MessageDeleted','username':'bob','target':6,'room':'general','seq':7,"
                                + "'id':'1-7','at':'" + AT + "','userId':'g'}"),
                Arguments.of(
                        new ServerMessage.Moderated("r", "general", "mute", "bob", null, "ann", AT, "Enough."),
                        "{'type':'Moderated','ref':'r','room':'general','action':'mute','username':'bob','by':'ann',"
                                + "'until':'" + AT + "','reason':'Enough.'}"),
                Arguments.of(
                        new ServerMessage.Invitation("r", "general", "i", "secret", "member", 7, AT),
                        "{'type':'Invitation','ref':'r','room':'general','id':'i','invitation':'secret','role':'member',"
                                + "'uses':7,'expiresAt':'" + AT + "'}"),
                Arguments.of(
                        new ServerMessage.Typing("general", "ann", "start"),
                        "{'type':'Typing','room':'general','username':'ann','state':'start'}"),
                Arguments.of(
                        new ServerMessage.GoingAway("restart", 1_500),
                        "{'type':'GoingAway','reason':'restart','reconnectAfterMs':1500}"),
                Arguments.of(new ServerMessage.Pong("r", AT), "{'type':'Pong','ref':'r','at':'" + AT + "'}"),
                Arguments.of(new ServerMessage.Pong(null, AT), "{'type':'Pong','at':'" + AT + "'}"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerHasItsTypeFirstAndLeavesOutWhatIsAbsent(ServerMessage message, String text) {
        assertThat(MessageJson.encode(message)).isEqualTo(json(text));
    }

    private static Class<?>[] kindsOf(Class<?> messages) {
        return Arrays.stream(messages.getAnnotation(JsonbTypeInfo.class).value())
                .map(JsonbSubtype::type)
                .toArray(Class<?>[]::new);
    }

    // Quotation marks are written as apostrophes here.
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static Refusal refusalOf(String text) {
        var refusal = catchThrowableOfType(Refusal.class, () -> MessageJson.decode(text));
        assertThat(refusal)
                .as("refusal of %s", text.substring(0, Math.min(200, text.length())))
                .isNotNull();
        return refusal;
    }
}
