type Listed = { page: { nextCursor: string | null } }

/** A filtered page may be empty and still have a next one: goes on until there is something to show, or no more. */
export async function untilSome<A extends { body?: Listed | undefined }>(
  ask: (cursor: { cursor?: string }) => Promise<A>,
  rowsOf: (body: NonNullable<A['body']>) => readonly unknown[],
): Promise<A> {
  let answer = await ask({})
  for (;;) {
    const { body } = answer
    if (!body || rowsOf(body).length > 0 || body.page.nextCursor === null) return answer
    answer = await ask({ cursor: body.page.nextCursor })
  }
}
