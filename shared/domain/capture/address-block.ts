import { parseIpAddress } from '../fields/ip-address.ts'

/** The addresses that count as one caller: an IPv4 address, or the /64 of an IPv6 address, which has one owner. */
export function addressBlock(address: string): string {
  const ip = parseIpAddress(address) ?? address
  return ip.includes(':') ? `${listGroups(ip).slice(0, 4).join(':')}::/64` : ip
}

/** The /48 of an IPv6 address, which one site has with all its /64s; undefined for an IPv4 address. */
export function networkBlock(address: string): string | undefined {
  const ip = parseIpAddress(address) ?? address
  return ip.includes(':') ? `${listGroups(ip).slice(0, 3).join(':')}::/48` : undefined
}

function listGroups(ip: string): string[] {
  const [head = '', tail] = ip.toLowerCase().split('::')
  const before = splitGroups(head)
  const after = splitGroups(tail ?? '')
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}

function splitGroups(part: string): string[] {
  return part === '' ? [] : part.split(':')
}
