#!/usr/bin/python3
"""Makes a font that promises a letter and then draws nothing for it: its shaping rules turn q,
and U+E000 with it, into glyph 0. It has an e with acute, but not the acute. Usage: broken_font.py NotoSans-Regular.ttf OUT.ttf"""
import sys

from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

font = TTFont(sys.argv[1])
options = subset.Options()
options.layout_features = []
options.hinting = False
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=[*range(0x20, 0x7F), 0xE9])
subsetter.subset(font)
for table in font['cmap'].tables:
    table.cmap[0xE000] = 'q'
addOpenTypeFeaturesFromString(font, 'feature ccmp { sub q by .notdef; } ccmp;')
font.save(sys.argv[2])
