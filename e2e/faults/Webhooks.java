package faults;

import faults.History.Post;

/** What Mackerel sends of a history. */
interface Webhooks {

    /** What is posted; empty where it gets lost on the way. */
    String body(Post post);

    /** Whether it is posted once more when it was not answered with 202 at this attempt. */
    boolean isMadeAgain(Post post, int attempt);

    /** Each post as it was drawn, and again until it is taken, or given up where that was drawn. */
    Webhooks AS_DRAWN = new Webhooks() {
        @Override
        public String body(Post post) {
            return post.body();
        }

        @Override
        public boolean isMadeAgain(Post post, int attempt) {
            return !(post.mayGiveUp() && attempt == 2);
        }
    };
}
