package dev.mackerelredmine.trends;

import dev.mackerelredmine.figures.ProblemCounts;
import dev.mackerelredmine.figures.Subject;
import dev.mackerelredmine.figures.Suggestion;

/** A problem of a list that ranks, by its names, with one suggestion. */
public record RankedProblem(Subject subject, ProblemCounts counts, Suggestion suggestion) {}
