internal import CLibXML2
internal import Suggestions

extension SetAsideReason {
  /// A libxml2 error as a fact: its number, never its message, which quotes the text.
  init(xmlError code: Int32) {
    switch UInt32(bitPattern: code) {
    case XML_ERR_UNDECLARED_ENTITY.rawValue, XML_WAR_UNDECLARED_ENTITY.rawValue, XML_ERR_ENTITY_LOOP.rawValue,
      XML_ERR_ENTITY_IS_EXTERNAL.rawValue, XML_ERR_ENTITY_IS_PARAMETER.rawValue, XML_ERR_UNPARSED_ENTITY.rawValue:
      self = .entityReference
    case XML_ERR_INVALID_ENCODING.rawValue, XML_I18N_CONV_FAILED.rawValue: self = .invalidUTF8
    case XML_ERR_DOCUMENT_EMPTY.rawValue: self = .syntax(expected: "root element")
    case XML_ERR_DOCUMENT_END.rawValue: self = .syntax(expected: "end of document")
    case XML_ERR_TAG_NAME_MISMATCH.rawValue: self = .syntax(expected: "end tag of the open element")
    case XML_ERR_TAG_NOT_FINISHED.rawValue: self = .syntax(expected: "end tag")
    case XML_ERR_GT_REQUIRED.rawValue: self = .syntax(expected: ">")
    case XML_ERR_LT_REQUIRED.rawValue: self = .syntax(expected: "<")
    case XML_ERR_LTSLASH_REQUIRED.rawValue: self = .syntax(expected: "</")
    case XML_ERR_EQUAL_REQUIRED.rawValue: self = .syntax(expected: "=")
    case XML_ERR_SPACE_REQUIRED.rawValue: self = .syntax(expected: "white space")
    case XML_ERR_NAME_REQUIRED.rawValue: self = .syntax(expected: "name")
    case XML_ERR_ATTRIBUTE_NOT_STARTED.rawValue: self = .syntax(expected: "quoted attribute value")
    case XML_ERR_ATTRIBUTE_NOT_FINISHED.rawValue: self = .syntax(expected: "closing quote")
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE.rawValue: self = .syntax(expected: "attribute value")
    case XML_ERR_ATTRIBUTE_REDEFINED.rawValue: self = .syntax(expected: "attribute once")
    case XML_ERR_LT_IN_ATTRIBUTE.rawValue: self = .syntax(expected: "attribute value without <")
    case XML_ERR_INVALID_CHAR.rawValue, XML_ERR_INVALID_CHARREF.rawValue: self = .syntax(expected: "XML character")
    case XML_ERR_INVALID_HEX_CHARREF.rawValue, XML_ERR_INVALID_DEC_CHARREF.rawValue:
      self = .syntax(expected: "character reference")
    case XML_ERR_ENTITYREF_SEMICOL_MISSING.rawValue: self = .syntax(expected: "; of a reference")
    case XML_ERR_COMMENT_NOT_FINISHED.rawValue: self = .syntax(expected: "-->")
    case XML_ERR_HYPHEN_IN_COMMENT.rawValue: self = .syntax(expected: "comment without --")
    case XML_ERR_CDATA_NOT_FINISHED.rawValue: self = .syntax(expected: "]]>")
    case XML_ERR_MISPLACED_CDATA_END.rawValue: self = .syntax(expected: "text without ]]>")
    case XML_ERR_PI_NOT_FINISHED.rawValue: self = .syntax(expected: "?>")
    case XML_ERR_RESERVED_XML_NAME.rawValue: self = .syntax(expected: "XML declaration at the very start only")
    default: self = .syntax(expected: "well-formed XML (libxml2 \(code))")
    }
  }
}
