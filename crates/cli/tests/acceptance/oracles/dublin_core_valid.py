"""Validates every record of a file against the XML Schema of oai_dc, as OAI-PMH 2.0 and DCMI (2002-12-12)
define it, written here in our own words since the original loads others over the network.

Argument: the file. Answers the records as JSON: lists of [element, language, value].
"""
import json, sys
import xml.etree.ElementTree as ET
import xmlschema

DC = "http://purl.org/dc/elements/1.1/"
OAI = "http://www.openarchives.org/OAI/2.0/oai_dc/"
ELEMENTS = ("title creator subject description publisher contributor date type format identifier source "
            "language relation coverage rights").split()
simple = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{DC}" targetNamespace="{DC}"
 elementFormDefault="qualified">
 <xs:import namespace="http://www.w3.org/XML/1998/namespace"/>
 <xs:complexType name="text"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute ref="xml:lang" use="optional"/></xs:extension></xs:simpleContent></xs:complexType>
 <xs:element name="any" type="text" abstract="true"/>
 {"".join(f'<xs:element name="{name}" substitutionGroup="any"/>' for name in ELEMENTS)}
</xs:schema>"""
record = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:dc="{DC}" targetNamespace="{OAI}"
 elementFormDefault="qualified">
 <xs:import namespace="{DC}"/>
 <xs:element name="dc"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
  <xs:element ref="dc:any"/></xs:choice></xs:complexType></xs:element>
</xs:schema>"""
schema = xmlschema.XMLSchema([record, simple])
assert not schema.is_valid(ET.fromstring(f'<dc xmlns="{OAI}"><title xmlns="urn:other">x</title></dc>'))
assert not schema.is_valid(ET.fromstring(f'<dc xmlns="{OAI}"><colour xmlns="{DC}">x</colour></dc>'))

octets = open(sys.argv[1], "rb").read()
root = ET.fromstring(octets)
assert root.tag == "{urn:fonds:dublin-core-records:1}records", root.tag
found = []
for element in root:
    location = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
    assert element.attrib.pop(location) == f"{OAI} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    assert element.tag == f"{{{OAI}}}dc"
    schema.validate(element)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    found.append([[child.tag.split("}")[1], child.get(lang), child.text] for child in element])
print(json.dumps(found, ensure_ascii=False))
