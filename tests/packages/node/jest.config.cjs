module.exports = { testMatch: ["**/jest/*.test.cjs"], maxWorkers: 2 };
