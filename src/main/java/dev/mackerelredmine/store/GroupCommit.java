package dev.mackerelredmine.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/**
 * Writes posts that come in at the same time in one transaction, in the order in which they came in: a commit waits for the disk, which
 * takes no longer for many than for one.
 *
 * <p>There is no thread for it, and no timer. The thread of a post that finds nobody writing writes at once. Posts that come meanwhile
 * wait, and the thread of the first of them writes the next group.
 */
final class GroupCommit implements AutoCloseable {

    /** What one transaction holds at most. A size is in characters of the notification's JSON. A larger post is alone in its group. */
    static final int MOST_POSTS = 64;

    static final long MOST_SIZE = 4_000_000;

    /** What may wait at most, because it is in memory. */
    static final long MOST_WAITING_SIZE = 32_000_000;

    private final Database database;
    private final Duration longestWait;
    private final Deque<Post<?>> waiting = new ArrayDeque<>();
    private long waitingSize;
    private boolean isWriting;
    private boolean isClosed;

    /** @param longestWait how long a post waits until its group is begun */
    GroupCommit(Database database, Duration longestWait) {
        this.database = database;
        this.longestWait = longestWait;
    }

    /**
     * Does the work inside a transaction, and returns its result when that is on disk.
     *
     * @param size of what the work writes, in characters
     * @throws StoreException when it is not on disk: the work threw, the transaction failed, the post waited for too long, too much waits
     *     already, or the store is closed. Only after a failed transaction it may be on disk all the same, as after any commit whose answer is lost
     */
    <T> T write(long size, Supplier<T> work) {
        Post<T> post = new Post<>(size, work);
        if (isFirst(post) || isCalledToWrite(post)) {
            writeNextGroup();
        }
        return post.result();
    }

    /** Queues the post. Whether nobody writes, so that its thread has to. */
    private synchronized boolean isFirst(Post<?> post) {
        if (isClosed) {
            throw closed();
        }
        if (waitingSize + post.size > MOST_WAITING_SIZE && !waiting.isEmpty()) {
            throw new StoreException("the store is busy: too much waits to be written", null);
        }
        waiting.add(post);
        waitingSize += post.size;
        boolean isFirst = !isWriting;
        isWriting = true;
        return isFirst;
    }

    /** Waits until another thread has written the post, or calls this one to write the next group; whether it is the latter. */
    private boolean isCalledToWrite(Post<?> post) {
        try {
            return post.turn.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            withdraw(post, new StoreException("the store is busy: what is being written takes too long", e));
        } catch (InterruptedException e) {
            withdraw(post, new StoreException("stopped while it waited for the store", e));
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn never fails", e);
        }
        return post.turn.join();
    }

    /** Unless it is being written, or its thread is called to. */
    private synchronized void withdraw(Post<?> post, StoreException why) {
        if (!post.turn.isDone() && waiting.remove(post)) {
            waitingSize -= post.size;
            post.refuse(why);
        }
    }

    private void writeNextGroup() {
        List<Post<?>> group = nextGroup();
        try {
            database.written(() -> write(group));
        } catch (RuntimeException | Error e) {
            group.forEach(post -> post.failed(e));
        } finally {
            callNext();
            group.forEach(Post::answer);
        }
    }

    private synchronized List<Post<?>> nextGroup() {
        List<Post<?>> group = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && group.size() < MOST_POSTS) {
            size += waiting.element().size;
            if (size > MOST_SIZE && !group.isEmpty()) {
                break;
            }
            waitingSize -= waiting.element().size;
            group.add(waiting.remove());
        }
        return group;
    }

    private void write(List<Post<?>> group) {
        if (group.size() == 1) {
            group.get(0).work();
        } else {
            group.forEach(this::writeAmongOthers);
        }
    }

    private void writeAmongOthers(Post<?> post) {
        try {
            database.inSavepoint(post::work);
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            post.failed(e);
        }
    }

    private synchronized void callNext() {
        isWriting = !waiting.isEmpty();
        if (isWriting) {
            waiting.element().turn.complete(true);
        }
        notifyAll();
    }

    /** Refuses the posts that wait, and waits for those that are being written. */
    @Override
    public synchronized void close() {
        isClosed = true;
        waiting.forEach(post -> post.refuse(closed()));
        waiting.clear();
        waitingSize = 0;
        try {
            while (isWriting) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many posts wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private static StoreException closed() {
        return new StoreException("the store is closed", null);
    }

    /** One thread at a time changes it: its own before it is queued, then whose group it is in, then its own again. */
    private static final class Post<T> {

        private final long size;
        private final Supplier<T> work;

        /** True: its thread is to write the next group. False: it is answered. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

        private T result;
        private Throwable failure;

        Post(long size, Supplier<T> work) {
            this.size = size;
            this.work = work;
        }

        /** Perhaps once more: a transaction that was undone in a deadlock is repeated. */
        void work() {
            failure = null;
            result = work.get();
        }

        void failed(Throwable why) {
            failure = why;
        }

        void refuse(StoreException why) {
            failed(why);
            answer();
        }

        void answer() {
            turn.complete(false);
        }

        T result() {
            if (failure != null) {
                throw new StoreException(failure.getMessage(), failure);
            }
            return result;
        }
    }
}
