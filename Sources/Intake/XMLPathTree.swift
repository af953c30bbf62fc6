internal import CLibXML2

/// The elements and attributes of a record that a profile maps, as a tree of names interned in the parser's own
/// dictionary: two names are equal when their pointers are.
struct XMLPathTree {
  struct Node {
    var firstChild: Int32 = 0
    var childCount: Int32 = 0
    var firstAttribute: Int32 = 0
    var attributeCount: Int32 = 0
    /// Slot of the element's text, -1 = not wanted.
    var slot: Int32 = -1
  }

  struct Name {
    var name: UnsafePointer<xmlChar>
    /// Node of a child, slot of an attribute.
    var target: Int32
  }

  let nodes: UnsafeMutablePointer<Node>
  let children: UnsafeMutablePointer<Name>
  let attributes: UnsafeMutablePointer<Name>

  /// Nil when the dictionary has no memory left.
  init?(paths: [FieldPath], dictionary: xmlDictPtr) {
    var childLists: [[(String, Int)]] = [[]]
    var attributeLists: [[(String, Int)]] = [[]]
    var slots: [Int32] = [-1]
    for (slot, path) in paths.enumerated() {
      var node = 0
      for step in path.steps {
        if let next = childLists[node].first(where: { $0.0 == step }) {
          node = next.1
        } else {
          childLists[node].append((step, childLists.count))
          node = childLists.count
          childLists.append([])
          attributeLists.append([])
          slots.append(-1)
        }
      }
      if let attribute = path.attribute {
        attributeLists[node].append((attribute, slot))
      } else {
        slots[node] = Int32(slot)
      }
    }
    var children: [Name] = []
    var attributes: [Name] = []
    var nodes: [Node] = []
    for index in slots.indices {
      nodes.append(
        Node(
          firstChild: Int32(children.count), childCount: Int32(childLists[index].count),
          firstAttribute: Int32(attributes.count), attributeCount: Int32(attributeLists[index].count),
          slot: slots[index]))
      for (text, target) in childLists[index] {
        guard let name = xmlDictLookup(dictionary, text, -1) else { return nil }
        children.append(Name(name: name, target: Int32(target)))
      }
      for (text, slot) in attributeLists[index] {
        guard let name = xmlDictLookup(dictionary, text, -1) else { return nil }
        attributes.append(Name(name: name, target: Int32(slot)))
      }
    }
    self.nodes = XMLPathTree.flat(nodes)
    self.children = XMLPathTree.flat(children)
    self.attributes = XMLPathTree.flat(attributes)
  }

  private static func flat<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { (block + index).initialize(to: element) }
    return block
  }

  func deallocate() {
    nodes.deallocate()
    children.deallocate()
    attributes.deallocate()
  }

  /// The node of a child element, -1 = not mapped. `hint` is where the search begins: forms write their elements in
  /// one order, so the next one is mostly the one looked for.
  @inline(__always)
  func child(of node: Int32, _ name: UnsafePointer<xmlChar>, hint: inout Int32) -> Int32 {
    let parent = nodes[Int(node)]
    var place = hint
    for _ in 0..<parent.childCount {
      if place >= parent.childCount { place = 0 }
      let child = children + Int(parent.firstChild + place)
      if child.pointee.name == name {
        hint = place + 1
        return child.pointee.target
      }
      place += 1
    }
    return -1
  }
}
