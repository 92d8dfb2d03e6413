import { BlockList, isIP } from 'node:net'

/**
 * Addresses of IPv4 that are not for the public, from the registry of special-purpose addresses of the IANA:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/.
 */
const special4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // behind a carrier
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, among them the metadata of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // of protocols
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // relays of multicast
  '192.88.99.0/24', // relays of 6to4
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '168.63.129.16/32', // public by number, but within Azure its own services
]

/**
 * Of IPv6 only what is given out is public (https://www.iana.org/assignments/ipv6-address-space/), so that whatever holds
 * an address of IPv4 (`::ffff:0:0/96`, `64:ff9b::/96`), the loopback and all that is local is not.
 */
const given6 = ['2000::/3']

/** https://www.iana.org/assignments/iana-ipv6-special-registry/, where it is among what is given out. */
const special6 = [
  '2001::/23', // of protocols, among them tunnels that hold an address of IPv4
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which holds an address of IPv4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]

const special = networks([...special4, ...special6])
const given = networks(given6)

/** Networks, written as `10.1.0.0/16`. */
export function networks(written: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of written) {
    const [address = '', length = isIP(address) === 6 ? '128' : '32'] = network.split('/')
    list.addSubnet(address, Number(length), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Whether an address is in one of the networks. */
export function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Whether an address (no name) is one that anybody may reach: none of this machine, of a network of its own or of a tunnel. */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%')
  switch (isIP(bare)) {
    case 4:
      return !special.check(bare, 'ipv4')
    case 6:
      return given.check(bare, 'ipv6') && !special.check(bare, 'ipv6')
    default:
      return false
  }
}
