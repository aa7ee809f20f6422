type Listed = { page: { nextCursor: string | null } }

const mostPages = 5

/** Turns so many pages until one holds something that is looked for; then it is for whoever looks to say "more". */
export async function lookFor<A extends { body?: Listed | undefined }>(
  ask: (cursor: { cursor?: string }) => Promise<A>,
  isThere: (body: NonNullable<A['body']>) => boolean,
): Promise<A> {
  let answer = await ask({})
  for (let turned = 1; turned < mostPages; turned++) {
    const { body } = answer
    if (!body || isThere(body) || body.page.nextCursor === null) break
    answer = await ask({ cursor: body.page.nextCursor })
  }
  return answer
}
