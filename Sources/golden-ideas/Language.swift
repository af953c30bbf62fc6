import ArgumentParser

/// What the program speaks.
package enum Language: String, ExpressibleByArgument, CaseIterable, Sendable {
  case zh, en
}
