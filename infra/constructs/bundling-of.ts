import { join } from 'node:path'
import { type BundlingOptions, type ICommandHooks, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import type { LambdaName } from '#shared/platform/environments.ts'

/**
 * How esbuild makes the bundle of a Lambda. CommonJS, because the first `import` of node:http adds 50 ms to every cold start
 * and `require` does not. Packages of which a Lambda uses a part are replaced by that part.
 */
export function bundlingOf(name: LambdaName): BundlingOptions {
  return {
    format: OutputFormat.CJS,
    mainFields: ['module', 'main'],
    minify: true,
    bundleAwsSDK: true,
    esbuildArgs: {
      '--alias:@aws-sdk/credential-provider-node': toPlatformFile('lambda-credentials.ts'),
      '--alias:undici': toPlatformFile('lambda-undici.mjs'),
    },
    externalModules: [
      ...unusedParsers,
      ...(name === 'capture' ? [disposableDomains] : []),
      ...(name === 'worker/file' ? nativeParts : []),
    ],
    // A CommonJS module has no import.meta; esbuild is given the folder of the bundle.
    define: { 'import.meta.dirname': '__dirname' },
    ...(commandsAfterBundling[name] && { commandHooks: runAfterBundling(commandsAfterBundling[name]) }),
  }
}

function toPlatformFile(name: string): string {
  return join(import.meta.dirname, '../../shared/platform/aws', name)
}

/**
 * Parsers of undici that no Lambda loads: an experimental one of 150 kB, for which an environment variable asks, and one of
 * 72 kB for processors without SIMD, which every arm64 has.
 */
const unusedParsers = ['../milo/*', '../llhttp/llhttp-wasm.js']
/** Parts of ssh2 that are built on a machine; without them it does the same in JavaScript and node:crypto. */
export const nativeParts = ['cpu-features', '*.node']
const disposableDomains = 'disposable-email-domains-js'

type Commands = (inputFolder: string, outputFolder: string) => string[]

/** What some Lambdas read from files next to their bundle, so that no cold start waits for it. */
const commandsAfterBundling: { [Name in LambdaName]?: Commands } = {
  catalog: (inputFolder, outputFolder) => [
    `cp "${join(inputFolder, 'openapi.json')}" "${outputFolder}/openapi.json"`,
    `"${process.execPath}" "${join(import.meta.dirname, '../../web/docs/write-docs-pages.ts')}" "${outputFolder}/docs-pages.json"`,
  ],
  capture: (inputFolder, outputFolder) => [
    `mkdir -p "${outputFolder}/node_modules"`,
    `cp -R "${join(inputFolder, 'node_modules', disposableDomains)}" "${outputFolder}/node_modules/"`,
  ],
}

function runAfterBundling(commands: Commands): ICommandHooks {
  return { beforeInstall: () => [], beforeBundling: () => [], afterBundling: commands }
}
