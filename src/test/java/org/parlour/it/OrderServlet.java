package org.parlour.it;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** How a test tells the {@link OrderPolicy} what to say. */
@WebServlet("/orders")
public class OrderServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient OrderPolicy policy;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        policy.set(request.getParameter("room"), request.getParameter("username"), request.getParameter("right"));
    }
}
