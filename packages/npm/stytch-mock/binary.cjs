// Where the emulator's binary lies: in the package of this platform, which npm chose at install.
"use strict";

const platform = `${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "stytch-mock.exe" : "stytch-mock";

/** The path of the binary; of your own one, if STYTCH_MOCK_BIN names it. */
exports.binaryPath = function binaryPath() {
  if (process.env.STYTCH_MOCK_BIN) return process.env.STYTCH_MOCK_BIN;
  try {
    return require.resolve(`stytch-mock-${platform}/bin/${program}`);
  } catch {
    throw new Error(
      `stytch-mock: the package stytch-mock-${platform} is not installed. Either there is no binary for this platform, ` +
        "or optional dependencies were left out (npm install --include=optional). STYTCH_MOCK_BIN can name a binary of your own.",
    );
  }
};
