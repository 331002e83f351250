package stytchmock;

/** What this artifact belongs to. */
final class Version {
    static final String VERSION = "0.1.0";

    private Version() {}
}
