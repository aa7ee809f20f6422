// Plain JavaScript, so that npm can run it on an old Node version too, which the host then refuses in a sentence.
if (Number.parseInt(process.versions.node, 10) >= 24) {
  const { buildIfStale, writeBuiltFiles } = await import('./built-files.ts')
  const isIfStale = process.argv.includes('--if-stale')
  const result = isIfStale ? await buildIfStale() : await writeBuiltFiles()
  if (result.kind === 'no-builder') {
    console.error(result.detail)
    // An install for a host that gets the built files from elsewhere is complete without them.
    process.exitCode = isIfStale ? 0 : 1
  } else if (result.kind === 'built') console.log(`Built ${result.count} web files in ${result.folder}.`)
} else console.error('The web files were not built, because that needs Node 24. Use it, and run "npm run build".')
