import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import type { Answers, Received } from '../http/http-server.ts'

export type LocalPage = { answer: (received: Received) => Answer | undefined | Promise<Answer | undefined> }

/**
 * Puts pages that only this host has before the API. They show leads to whoever sits here, so a name that another site
 * may have pointed to this machine does not get to them.
 */
export function localPages(pages: readonly LocalPage[], otherwise: Answers): Answers {
  return async (received) => {
    if (!isForThisMachine(received)) return otherwise(received)
    for (const page of pages) {
      const answer = await page.answer(received)
      if (answer) return answer
    }
    return otherwise(received)
  }
}

function isForThisMachine({ headers }: Received): boolean {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)
}
