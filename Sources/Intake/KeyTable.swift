/// What is known of an object's keys: which are mapped, and to what. Built from the profile, read for every key.
///
/// A node is one object of the record; its keys stand in an open table without collisions, found by the first and the
/// last eight bytes and the length.
final class KeyTable {
  struct Entry {
    var hash: UInt64
    var count: Int
    /// In `names`.
    var name: Int
    /// Slot of the value, -1 = not mapped itself.
    var slot: Int32
    /// Node of the object that stands here, -1 = not looked into.
    var child: Int32
  }

  struct Node {
    var first: Int
    var mask: Int
    var shift: UInt64
  }

  let nodes: UnsafeMutablePointer<Node>
  let entries: UnsafeMutablePointer<Entry>
  let names: UnsafeMutablePointer<UInt8>

  /// - Parameter paths: one path for each slot.
  init(paths: [[String]]) {
    var keys: [[(name: String, slot: Int32, child: Int32)]] = [[]]
    for (slot, path) in paths.enumerated() {
      var node = 0
      for (depth, step) in path.enumerated() {
        let isLast = depth == path.count - 1
        let place: Int
        if let known = keys[node].firstIndex(where: { $0.name == step }) {
          place = known
        } else {
          place = keys[node].count
          keys[node].append((step, -1, -1))
        }
        if isLast {
          keys[node][place].slot = Int32(slot)
        } else if keys[node][place].child < 0 {
          keys[node][place].child = Int32(keys.count)
          keys.append([])
        }
        if !isLast { node = Int(keys[node][place].child) }
      }
    }
    var allNames: [UInt8] = []
    var allEntries: [Entry] = []
    var allNodes: [Node] = []
    for node in keys {
      let entries = node.map { key -> Entry in
        let bytes = Array(key.name.utf8)
        let hash = (bytes + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer {
          KeyTable.hash($0.baseAddress!, bytes.count)
        }
        let name = allNames.count
        allNames += bytes
        return Entry(hash: hash, count: bytes.count, name: name, slot: key.slot, child: key.child)
      }
      // Grow until no two keys share a place; two keys with one hash share it for ever and are probed in a row.
      var size = 4
      while size < entries.count * 2 { size *= 2 }
      var shift: UInt64 = 0
      search: while size <= 1024 {
        for candidate in stride(from: UInt64(0), through: 48, by: 3) {
          let places = Set(entries.map { Int(truncatingIfNeeded: $0.hash >> candidate) & (size - 1) })
          if places.count == entries.count {
            shift = candidate
            break search
          }
        }
        size *= 2
      }
      var table = [Entry](repeating: Entry(hash: 0, count: -1, name: 0, slot: -1, child: -1), count: size)
      for entry in entries {
        var place = Int(truncatingIfNeeded: entry.hash >> shift) & (size - 1)
        while table[place].count >= 0 { place = (place + 1) & (size - 1) }
        table[place] = entry
      }
      allNodes.append(Node(first: allEntries.count, mask: size - 1, shift: shift))
      allEntries += table
    }
    nodes = .allocate(capacity: allNodes.count)
    nodes.initialize(from: allNodes, count: allNodes.count)
    entries = .allocate(capacity: allEntries.count)
    entries.initialize(from: allEntries, count: allEntries.count)
    names = .allocate(capacity: max(1, allNames.count))
    names.initialize(from: allNames, count: allNames.count)
  }

  deinit {
    nodes.deallocate()
    entries.deallocate()
    names.deallocate()
  }

  /// Mixes the first and last eight bytes and the length. At least 8 bytes must be readable at `bytes`, whatever the
  /// count.
  @inline(__always)
  static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var head = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
    var tail: UInt64 = 0
    if count >= 8 {
      tail = UnsafeRawPointer(bytes + count - 8).loadUnaligned(as: UInt64.self)
    } else {
      head &= (1 &<< UInt64(count * 8)) &- 1
    }
    var mixed = (head ^ (tail &* 0x9E37_79B9_7F4A_7C15)) &+ UInt64(count)
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 29)
  }

  /// The key's entry at a node, or nil.
  @inline(__always)
  func find(_ node: Int, _ hash: UInt64, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> UnsafeMutablePointer<Entry>? {
    let table = nodes[node]
    var place = Int(truncatingIfNeeded: hash >> table.shift) & table.mask
    while true {
      let entry = entries + table.first + place
      if entry.pointee.count < 0 { return nil }
      if entry.pointee.hash == hash, entry.pointee.count == count,
        equalBytes(names + entry.pointee.name, bytes, count)
      {
        return entry
      }
      place = (place + 1) & table.mask
    }
  }
}

@inline(__always)
func equalBytes(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var at = 0
  while at < count {
    if one[at] != other[at] { return false }
    at += 1
  }
  return true
}
