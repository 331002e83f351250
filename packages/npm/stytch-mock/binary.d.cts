/** The path of the binary; of your own one, if STYTCH_MOCK_BIN names it. */
export declare function binaryPath(): string;
