import { createHash } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { isBuilderMissing, readBuiltFiles } from '#web/built-files.ts'
import { pageOpenerPolicy, pagePolicy, webFiles as servedFiles, type WebPath } from '#web/web-paths.ts'
import type { HttpRequest } from '../http/read-request.ts'
import { StartupError } from '../startup-error.ts'

type LoadFiles = () => Promise<ReadonlyMap<string, string>>

/** Serves widget, console and portal. The files are loaded at the first request, and again if that failed. */
export function createWebFileHandler(loadFiles: LoadFiles) {
  let loaded: Promise<Map<string, { body: string; etag: string }>> | undefined
  async function loadWithEtags() {
    try {
      const files = [...(await loadFiles())]
      return new Map(files.map(([path, body]) => [path, { body, etag: computeEtag(body) }]))
    } catch (error) {
      loaded = undefined
      throw error
    }
  }
  return async ({ method, path, headers }: HttpRequest): Promise<HttpResponse | undefined> => {
    if (!isServed(path) || (method !== 'GET' && method !== 'HEAD')) return undefined
    loaded ??= loadWithEtags()
    const { body = '', etag = '' } = (await loaded).get(path) ?? {}
    const isUnchanged = headers.some(([name, value]) => name.toLowerCase() === 'if-none-match' && value.includes(etag))
    return {
      statusCode: isUnchanged ? 304 : 200,
      headers: { ...buildHeaders(path), etag },
      ...(!isUnchanged && { body }),
    }
  }
}

/** The files that `npm run build` wrote. @throws StartupError if they are missing */
export function loadBuiltFiles(folder?: string): ReadonlyMap<string, string> {
  const built = readBuiltFiles(folder)
  if ('files' in built) return built.files
  throw new StartupError(
    `The web files are not built: there is no ${built.missing}. Run "npm run build", or install a release, which has them.`,
  )
}

/** Builds the files of the current sources in memory; without the packages for that, takes those of `npm run build`. */
export async function buildOrLoadFiles(): Promise<ReadonlyMap<string, string>> {
  const { buildFiles } = await import('#web/build-files.ts')
  try {
    return (await buildFiles()).files
  } catch (error) {
    if (!isBuilderMissing(error)) throw error
    return loadBuiltFiles()
  }
}

function computeEtag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

function isServed(path: string): path is WebPath {
  return Object.hasOwn(servedFiles, path)
}

function buildHeaders(path: WebPath) {
  const { contentType, for: audience } = servedFiles[path]
  return {
    'content-type': contentType,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(audience === 'everyone'
      ? { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      : {
          'content-security-policy': pagePolicy,
          'cross-origin-opener-policy': pageOpenerPolicy,
          'referrer-policy': 'no-referrer',
          'x-frame-options': 'DENY',
        }),
  }
}
