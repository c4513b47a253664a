package org.parlour.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a record that is the body of a request or of an answer. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Body {}
