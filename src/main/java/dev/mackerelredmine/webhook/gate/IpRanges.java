package dev.mackerelredmine.webhook.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses from which Mackerel posts, as it publishes them. A list that is empty, holds what is no address or network, or a
 * network too wide to be one of Mackerel's, is refused as a whole by an IOException that does not repeat its content.
 */
record IpRanges(
        List<String> outgoing,
        @JsonProperty("outgoing_ipv6") List<String> outgoingIpv6) {

    private static final ObjectReader JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(IpRanges.class);

    private static final int WIDEST_IPV4 = 16;
    private static final int WIDEST_IPV6 = 32;

    static Set<AddressRange> read(byte[] json) throws IOException {
        IpRanges read = parse(json);
        Set<AddressRange> ranges = new LinkedHashSet<>();
        read(ranges, "outgoing", read.outgoing);
        if (ranges.isEmpty()) {
            throw new IOException("it has no address in outgoing");
        }
        read(ranges, "outgoing_ipv6", read.outgoingIpv6);
        return ranges;
    }

    private static IpRanges parse(byte[] json) throws IOException {
        try {
            IpRanges read = JSON.readValue(json);
            return read == null ? new IpRanges(null, null) : read;
        } catch (JacksonException e) {
            throw new IOException("it is not JSON in the form of Mackerel's list", e);
        }
    }

    private static void read(Set<AddressRange> into, String name, List<String> texts) throws IOException {
        for (String text : texts == null ? List.<String>of() : texts) {
            into.add(AddressRange.of(String.valueOf(text))
                    .filter(IpRanges::isNarrow)
                    .orElseThrow(
                            () -> new IOException("it has in " + name + " what is no address, or a network wider than /"
                                    + WIDEST_IPV4 + " (IPv6: /" + WIDEST_IPV6 + ")")));
        }
    }

    private static boolean isNarrow(AddressRange range) {
        return range.prefix() >= (range.isIPv4() ? WIDEST_IPV4 : WIDEST_IPV6);
    }
}
