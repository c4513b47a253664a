package org.parlour.it;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What a host application shows to those who have logged in; {@code /staff/leave} logs them out. */
@WebServlet("/staff/*")
public class HostPages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        if (request.getRequestURI().endsWith("/leave")) {
            request.getSession().invalidate();
        }
    }
}
