import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'

type HostsFile = ReadonlyMap<string, string[]>
const parsedFiles = new Map<string, { modifiedMs: number; hosts: HostsFile }>()

/**
 * Returns the addresses that a hosts file lists for each name; none if the file cannot be read. It is parsed again when it
 * has changed. It is read synchronously, so that it does not wait for the process's threads.
 */
export function readHostsFile(path = '/etc/hosts'): HostsFile {
  try {
    const { mtimeMs: modifiedMs } = statSync(path)
    const parsedFile = parsedFiles.get(path)
    if (parsedFile?.modifiedMs === modifiedMs) return parsedFile.hosts
    const hosts = parseHosts(readFileSync(path, 'utf8'))
    parsedFiles.set(path, { modifiedMs, hosts })
    return hosts
  } catch {
    return new Map()
  }
}

export function parseHosts(text: string): HostsFile {
  const hosts = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    // An address with a zone, fe80::1%lo0, is of one interface only.
    if (isIP(address) === 0 || address.includes('%')) continue
    for (const name of names.map((one) => one.toLowerCase()))
      hosts.set(name, [...new Set([...(hosts.get(name) ?? []), address])])
  }
  return hosts
}
