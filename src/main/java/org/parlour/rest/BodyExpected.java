package org.parlour.rest;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;

/** Lets no request without a body come to what takes one: some servers answer 415 by themselves, others hand over null. */
@Provider
public class BodyExpected implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var takesBody = Arrays.stream(resource.getResourceMethod().getParameterTypes())
                .anyMatch(type -> type.isAnnotationPresent(Body.class));
        if (takesBody && !request.hasEntity()) {
            throw new NotSupportedException();
        }
    }
}
