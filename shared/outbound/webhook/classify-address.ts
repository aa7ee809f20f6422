import { BlockList, isIP } from 'node:net'

/**
 * Classifies an IP address. `special`: listed in the IANA special-purpose registries (IPv4 and IPv6, read 2026-11), not
 * assigned, or not an address at all.
 */
export function classifyAddress(address: string): 'public' | 'loopback' | 'special' {
  const version = isIP(address)
  if (version === 0) return 'special'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  // BlockList itself checks an IPv4-mapped address, ::ffff:a.b.c.d, against the IPv4 ranges.
  if (loopbackRanges.check(address, family)) return 'loopback'
  if (specialRanges.check(address, family)) return 'special'
  return version === 4 || assignedRanges.check(address, family) ? 'public' : 'special'
}

const loopbackRanges = createBlockList(['127.0.0.0/8', '::1/128'])

const specialRanges = createBlockList([
  '0.0.0.0/8', // this network; on Linux also loopback
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '168.63.129.16/32', // not in the registry: the host service of Azure
  '169.254.0.0/16', // link-local, and the metadata service of every cloud
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // automatic multicast tunneling
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '2001::/23', // protocol assignments: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which embeds an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
])

/** IPv6 addresses in use on the internet: global unicast and IPv4-mapped ones. */
const assignedRanges = createBlockList(['2000::/3', '::ffff:0:0/96'])

function createBlockList(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [network = '', bits] = block.split('/')
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
