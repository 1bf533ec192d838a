"""Files with boundaries, as offices get them: GeoJSON, Shapefile, GeoPackage, KML and KMZ, in degrees or UTM.

All of it is read in the process apart (../serving.py), which knows how much it may use; `features.read` asks it.
"""
