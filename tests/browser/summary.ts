// Counts, for the last line of the suite: a file named by $SUMMARY gets the numbers of what passed and what failed.
import { appendFileSync } from 'node:fs';
import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter';

export default class Summary implements Reporter {
  private readonly tests = new Set<TestCase>();

  onTestEnd(test: TestCase) {
    this.tests.add(test);
  }

  onEnd({ status }: FullResult) {
    const passed = [...this.tests].filter((test) => test.outcome() === 'expected').length;
    // a run that failed outside of any test counts, too
    const failed = this.tests.size - passed || Number(status !== 'passed');
    if (process.env.SUMMARY) appendFileSync(process.env.SUMMARY, `${passed} ${failed}\n`);
  }
}
