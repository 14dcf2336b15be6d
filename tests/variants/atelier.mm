<map version="freeplane 1.11.5">
<!--To view this file, download free mind mapping software Freeplane from https://www.freeplane.org -->
<node TEXT="Bien vieillir à Sauvagnac" ID="ID_1000000" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Se déplacer" POSITION="right" ID="ID_1000001" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Navette à la demande le mardi" ID="ID_1000002" CREATED="1715673600000" MODIFIED="1715673600000"><arrowlink SHAPE="CUBIC_CURVE" DESTINATION="ID_1000006" MIDDLE_LABEL="même jour" STARTARROW="NONE" ENDARROW="DEFAULT"/><richcontent TYPE="NOTE" CONTENT-TYPE="xml/">
<html>
  <head/>
  <body>
    <p>Essayée trois mois ; les horaires ne collent pas à ceux du marché.</p>
  </body>
</html></richcontent>
</node>
<node TEXT="Qui conduit le minibus ?" ID="ID_1000003" CREATED="1715673600000" MODIFIED="1715673600000"><icon BUILTIN="help"/>
</node>
<node TEXT="Covoiturage « coup de pouce »" ID="ID_1000004" CREATED="1715673600000" MODIFIED="1715673600000" LINK="https://exemple.org/covoiturage">
</node>
</node>
<node TEXT="Se retrouver" POSITION="right" ID="ID_1000005" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Café de l’après-midi au foyer" ID="ID_1000006" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Ouvrir aussi le samedi" ID="ID_1000007" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Il faudrait deux bénévoles de plus" ID="ID_1000008" CREATED="1715673600000" MODIFIED="1715673600000">
</node>
</node>
</node>
<node TEXT="Jardin partagé &lt; 300 m² &amp; accessible" ID="ID_1000009" CREATED="1715673600000" MODIFIED="1715673600000">
</node>
</node>
<node TEXT="Se faire aider" POSITION="right" ID="ID_1000010" CREATED="1715673600000" MODIFIED="1715673600000">
<node TEXT="Aide aux démarches en ligne" ID="ID_1000011" CREATED="1715673600000" MODIFIED="1715673600000">
</node>
<node TEXT="Répit des aidants" ID="ID_1000012" CREATED="1715673600000" MODIFIED="1715673600000">
</node>
</node>
</node>
</map>
