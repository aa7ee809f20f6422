import type { ApiProblem } from './text/problem-text.ts'

export type CsvResponse =
  | { problem: ApiProblem }
  | { problem?: undefined; text: string; headers: { get: (name: string) => string | null } }

/** Fetches every page of an export and returns them as one text. @param onPage is told how many pages there are so far */
export async function fetchCsvPages(
  fetchPage: (cursor: { cursor?: string }) => Promise<CsvResponse>,
  onPage: (pages: number) => void,
): Promise<{ problem: ApiProblem; text?: undefined } | { problem?: undefined; text: string }> {
  let text = ''
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const response = await fetchPage(cursor === undefined ? {} : { cursor })
    if (response.problem) return { problem: response.problem }
    text += response.text
    onPage(pages)
    cursor = response.headers.get('x-next-cursor') ?? undefined
    if (cursor === undefined) return { text }
  }
}
