/** Runs escalations: begins and ends them, takes their steps, sends their pages, and audits all of it. */
package dev.mackerelredmine.paging;
