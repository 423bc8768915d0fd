package dev.mackerelredmine.notice;

/** A source of notices for the operator, in addition to those about deliveries. */
public interface NoticeSource {

    /** The next one, or null. */
    Notice next();

    /** The notice was sent. Until this is called, it is sent again after a while. */
    void sent(Notice notice);
}
