/** One thing to measure; it returns a fact worth printing beside its time, such as the characters it read. */
export interface Candidate {
  name: string;
  run(): Promise<string> | string;
}

/**
 * Runs the candidates in turn, round after round, so that a busy moment of the machine meets all of them, and
 * prints the least and the median time of each as a table.
 */
export async function measure(
  title: string,
  candidates: readonly Candidate[],
  rounds: number,
): Promise<void> {
  const results = candidates.map(({ name }) => ({ name, fact: "", timesMs: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, candidate] of candidates.entries()) {
      const startMs = performance.now();
      const fact = await candidate.run();
      const result = results[index];
      result?.timesMs.push(performance.now() - startMs);
      if (result) result.fact = fact;
    }
  }
  console.log(
    `\n${title} (${rounds} rounds)\n\n| candidate | least s | median s | result |\n| --- | ---: | ---: | --- |`,
  );
  for (const { name, fact, timesMs } of results) {
    const sorted = timesMs.toSorted((a, b) => a - b);
    const seconds = (index: number) => ((sorted[index] ?? 0) / 1000).toFixed(2);
    console.log(`| ${name} | ${seconds(0)} | ${seconds(rounds >> 1)} | ${fact} |`);
  }
}
