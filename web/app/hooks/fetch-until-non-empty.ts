type ListBody = { page: { nextCursor: string | null } }

const maxPages = 5

/**
 * A filtered page may be empty and still have a next one: turns so many pages until one has something to show; then it
 * is for whoever looks to say "more".
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
