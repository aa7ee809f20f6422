import { build } from 'esbuild'
import { bundlingOf } from '#infra/constructs/bundling-of.ts'
import type { LambdaName } from '#shared/platform/environments.ts'

/** Bundles a file as the Lambda is bundled, and says which packages are in it. */
export async function buildBundle(name: LambdaName, entry = `functions/${name}/lambda.ts`) {
  const { esbuildArgs = {}, externalModules = [], mainFields = [], minify, define = {} } = bundlingOf(name)
  const alias = Object.entries(esbuildArgs).map(([option, file]) => [option.replace('--alias:', ''), String(file)])
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: minify === true,
    mainFields,
    external: externalModules,
    alias: Object.fromEntries(alias),
    define,
    metafile: true,
    write: false,
  })
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  return { code: outputFiles[0]?.text ?? '', packages: [...new Set(files.flatMap(findPackage))].toSorted() }
}

/** `node_modules/@smithy/core/index.js` is of `@smithy/core`. */
function findPackage(path: string): string[] {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  return name === undefined ? [] : [name]
}
