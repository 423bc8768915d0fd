package dev.mackerelredmine.store;

/** An alert of which something is new. @param seq up to which of its problem's events it is summed up already */
record AlertToSum(String stream, String problemKey, String alertKey, long seq) {}
