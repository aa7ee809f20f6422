type ListBody = { page: { nextCursor: string | null } }

const maxPages = 5

/**
 * Returns the first page that has rows. A filtered page can be empty and still have a next one; after five empty pages
 * the reader decides whether to look further.
 */
export async function fetchUntilNonEmpty<A extends { body?: ListBody | undefined }>(
  fetchPage: (cursor: { cursor?: string }) => Promise<A>,
  getRows: (body: NonNullable<A['body']>) => readonly unknown[],
): Promise<A> {
  let response = await fetchPage({})
  for (let pageCount = 1; pageCount < maxPages; pageCount++) {
    const { body } = response
    if (!body || getRows(body).length > 0 || body.page.nextCursor === null) break
    response = await fetchPage({ cursor: body.page.nextCursor })
  }
  return response
}
