internal import Casework
internal import Store

/// 本单位: a unit or a station somebody belongs to, with every capacity in which the person works for it.
struct OwnUnit {
  let handler: CaseHandler
  let actors: [CaseActor]

  /// In the order in which the roles were given.
  static func all(of visitor: Visitor, as roles: Set<CaseRole>) -> [OwnUnit] {
    var units: [OwnUnit] = []
    for actor in visitor.actors where roles.contains(actor.role) {
      guard let handler = actor.handler, !units.contains(where: { $0.handler == handler }) else { continue }
      units.append(
        OwnUnit(
          handler: handler, actors: visitor.actors.filter { roles.contains($0.role) && $0.handler == handler }))
    }
    return units
  }

  /// The one an address names; the first where it names none. One that is not the visitor's is not there.
  static func chosen(_ fields: FormFields, of units: [OwnUnit]) throws(VisitFault) -> OwnUnit {
    guard let wanted = fields["unit"] else {
      guard let first = units.first else { throw .forbidden }
      return first
    }
    guard let unit = units.first(where: { $0.handler.text == wanted }) else { throw .notFound }
    return unit
  }

  var isHead: Bool { actors.contains { $0.role == .departmentHead } }
}
