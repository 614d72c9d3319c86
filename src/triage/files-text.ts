/** How many files, in words: "1 file", "1,000 files". Pure. */
export function filesText(files: number): string {
  return files === 1 ? "1 file" : `${files.toLocaleString("en-US")} files`;
}
