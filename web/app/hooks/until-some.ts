type Listed = { page: { nextCursor: string | null } }

const mostPages = 5

/**
 * A filtered page may be empty and still have a next one: turns so many pages until one has something to show; then it
 * is for whoever looks to say "more".
 */
export async function untilSome<A extends { body?: Listed | undefined }>(
  ask: (cursor: { cursor?: string }) => Promise<A>,
  rowsOf: (body: NonNullable<A['body']>) => readonly unknown[],
): Promise<A> {
  let answer = await ask({})
  for (let turned = 1; turned < mostPages; turned++) {
    const { body } = answer
    if (!body || rowsOf(body).length > 0 || body.page.nextCursor === null) break
    answer = await ask({ cursor: body.page.nextCursor })
  }
  return answer
}
