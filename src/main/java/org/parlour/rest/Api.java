package org.parlour.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What there is over HTTP. Listed, for a search of the class path would publish what libraries bring along. */
@ApplicationPath("/api/v1")
public class Api extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AccountsResource.class,
                AuditResource.class,
                ConversationsResource.class,
                ExportResource.class,
                HealthResource.class,
                SessionsResource.class,
                InvitationsResource.class,
                InvitedResource.class,
                MeResource.class,
                MessagesResource.class,
                MetricsResource.class,
                OpenApiResource.class,
                OwnSessionsResource.class,
                PresenceResource.class,
                PasswordResource.class,
                RoomDirectoryResource.class,
                RoomsResource.class,
                BodyExpected.class,
                BodyReader.class,
                BodyWriter.class,
                Refused.class,
                NotServed.class,
                Failed.class,
                NeverStored.class,
                Tagging.class);
    }
}
