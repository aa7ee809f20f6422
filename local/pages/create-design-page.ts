import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { isBuilderMissing } from '#web/built-files.ts'
import { pagePolicy } from '#web/web-paths.ts'
import type { HttpRequest } from '../http/read-request.ts'
import type { LocalPage } from './with-local-pages.ts'

const contentTypes = new Map([
  ['/design', 'text/html; charset=utf-8'],
  ['/web/design.js', 'text/javascript; charset=utf-8'],
  ['/web/design.css', 'text/css; charset=utf-8'],
])

/** `/design`: every component of console and portal. It is built at the first request, and no release has it. */
export function createDesignPage(): LocalPage {
  let files: Promise<Map<string, string>> | undefined
  return {
    async handle({ method, path }: HttpRequest): Promise<HttpResponse | undefined> {
      const contentType = contentTypes.get(path)
      if (contentType === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
      files ??= buildFiles()
      const body = (await files).get(path)
      if (body === undefined) return undefined
      const headers = {
        'content-type': contentType,
        'content-security-policy': pagePolicy,
        'cache-control': 'no-cache',
      }
      return { statusCode: 200, headers, body }
    },
  }
}

/** Empty where the packages that build pages are not installed. */
async function buildFiles(): Promise<Map<string, string>> {
  const { buildDesignFiles } = await import('#web/build-files.ts')
  return buildDesignFiles().catch((error: unknown) => {
    if (isBuilderMissing(error)) return new Map()
    throw error
  })
}
