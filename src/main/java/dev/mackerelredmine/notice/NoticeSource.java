package dev.mackerelredmine.notice;

/** Something that has notices for the operator, beside those of deliveries. */
public interface NoticeSource {

    /** The next one, or null. */
    Notice next();

    /** It counts as sent when this is called; until then it comes again after a while. */
    void sent(Notice notice);
}
