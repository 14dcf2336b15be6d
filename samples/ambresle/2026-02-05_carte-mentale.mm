<map version="freeplane 1.12.1">
 <node TEXT="Rives de l'Ambresle : ce qui nous relie" ID="ID_racine" CREATED="1770314400000" MODIFIED="1770314400000">
  <node TEXT="Se déplacer" ID="ID_002" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="right" TAGS="mobilité">
   <node TEXT="Transport à la demande" ID="ID_003" CREATED="1770314400000" MODIFIED="1770314400000">
    <richcontent TYPE="NOTE" CONTENT-TYPE="xml/">
     <html>
      <head></head>
      <body>
       <p>Il faut un numéro que l'on retient, et quelqu'un qui décroche.</p>
      </body>
     </html>
    </richcontent>
    <node TEXT="Numéro unique ouvert le 15 septembre 2025" ID="ID_004" CREATED="1770314400000" MODIFIED="1770314400000">
     <icon BUILTIN="button_ok"/>
    </node>
    <node TEXT="Réserver le matin même" ID="ID_005" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Afficher le numéro de téléphone à chaque arrêt" ID="ID_006" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Conducteurs bénévoles" ID="ID_007" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Charte écrite par Les Voisins du Creuil et le CCAS de Vernelay" ID="ID_008" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Assurance prise en charge par la Communauté de communes" ID="ID_009" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Bourse aux trajets avec les jeunes" ID="ID_bourse" CREATED="1770314400000" MODIFIED="1770314400000">
     <arrowlink DESTINATION="ID_cars" MIDDLE_LABEL="même besoin" STARTARROW="NONE" ENDARROW="DEFAULT"/>
    </node>
   </node>
   <node TEXT="Voie douce entre Port-Ambresle et Vernelay, le long de l'ancienne voie ferrée" ID="ID_011" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Bancs et abris aux arrêts" ID="ID_012" CREATED="1770314400000" MODIFIED="1770314400000">
    <icon BUILTIN="messagebox_warning"/>
   </node>
  </node>
  <node TEXT="Bien vieillir" ID="ID_013" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="right" TAGS="vieillissement">
   <node TEXT="Rompre l'isolement des personnes âgées" ID="ID_014" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Visites de convivialité dans les sept communes" ID="ID_015" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Former des bénévoles au repérage avec la maison de santé" ID="ID_016" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Soutenir les aidants" ID="ID_017" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Forum des aidants chaque automne" ID="ID_018" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Relais de nuit" ID="ID_019" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Logements adaptés place du Lavoir" ID="ID_lavoir" CREATED="1770314400000" MODIFIED="1770314400000">
    <arrowlink DESTINATION="ID_bail" MIDDLE_LABEL="mêmes petits logements" STARTARROW="NONE" ENDARROW="DEFAULT"/>
   </node>
  </node>
  <node TEXT="Grandir et rester : la jeunesse" ID="ID_021" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="right" TAGS="jeunesse">
   <node TEXT="Ancienne école de Hautes-Bruyelles" ID="ID_022" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Clés confiées au collectif Les Enjambées" ID="ID_023" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Charte relue tous les trois mois" ID="ID_024" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Ouvrir les cars scolaires aux apprentis et aux stagiaires" ID="ID_cars" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Questions" ID="ID_026" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Qu'est-ce qui ferait rester un jeune de vingt ans ?" ID="ID_027" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Peut-on confier les clés d'un lieu à un groupe de mineurs ?" ID="ID_028" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
  </node>
  <node TEXT="La Filature, tiers-lieu" ID="ID_029" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="left" LINK="https://ateliers-ruraux.example/guide-tiers-lieu" TAGS="tiers-lieu">
   <node TEXT="Café solidaire tenu par des bénévoles" ID="ID_030" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Atelier partagé" ID="ID_031" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Réparation de vélos" ID="ID_032" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Imprimante 3D" ID="ID_033" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Modèle économique fragile ==&gt; louer la salle" ID="ID_salle" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Laisser le portail ouvert sur la place" ID="ID_035" CREATED="1770314400000" MODIFIED="1770314400000"/>
  </node>
  <node TEXT="Numérique" ID="ID_036" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="left" TAGS="numérique">
   <node TEXT="Aide aux démarches" ID="ID_037" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Mandat d'accompagnement commun aux CCAS et à France services" ID="ID_038" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Un aidant numérique dans chaque mairie" ID="ID_aidant" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Équipements en libre-service dans les médiathèques" ID="ID_040" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Exclusion numérique" ID="ID_041" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Des personnes âgées qui craignent de mal faire" ID="ID_042" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Des lycéens qui ne savent pas remplir un formulaire" ID="ID_043" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
  </node>
  <node TEXT="Se nourrir" ID="ID_044" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="left" TAGS="alimentation">
   <node TEXT="Groupement de producteurs" ID="ID_045" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="AMAP des Prés" ID="ID_046" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Paniers livrés avec le portage de repas" ID="ID_paniers" CREATED="1770314400000" MODIFIED="1770314400000">
     <arrowlink DESTINATION="ID_aidant" STARTARROW="NONE" ENDARROW="DEFAULT"/>
    </node>
   </node>
   <node TEXT="Légumerie dans l'ancienne laiterie de Saint-Aubrin-des-Prés" ID="ID_048" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="40 % de produits locaux dans les cantines en 2029" ID="ID_049" CREATED="1770314400000" MODIFIED="1770314400000"/>
  </node>
  <node TEXT="Se loger" ID="ID_050" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="left" TAGS="logement">
   <node TEXT="Maisons vacantes" ID="ID_051" CREATED="1770314400000" MODIFIED="1770314400000">
    <node TEXT="Recenser les propriétaires" ID="ID_052" CREATED="1770314400000" MODIFIED="1770314400000"/>
    <node TEXT="Préempter, et pour qui ?" ID="ID_053" CREATED="1770314400000" MODIFIED="1770314400000"/>
   </node>
   <node TEXT="Bail mobilité pour les saisonniers et les apprentis" ID="ID_bail" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Fonds de rénovation" ID="ID_055" CREATED="1770314400000" MODIFIED="1770314400000"/>
  </node>
  <node TEXT="Faire vivre le centre-bourg" ID="ID_056" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="left" TAGS="commerce">
   <node TEXT="Vitrines à loyer progressif rue du Pont" ID="ID_057" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Épicerie ambulante dans les hameaux" ID="ID_058" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Marché du samedi : navette, CCAS et conseillère numérique sous une même tente" ID="ID_059" CREATED="1770314400000" MODIFIED="1770314400000"/>
  </node>
  <node TEXT="Méthode" ID="ID_060" CREATED="1770314400000" MODIFIED="1770314400000" POSITION="right">
   <node TEXT="Dire à chaque rencontre ce que les idées sont devenues" ID="ID_061" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Temps de coordination" ID="ID_062" CREATED="1770314400000" MODIFIED="1770314400000"/>
   <node TEXT="Absents : habitants de La Tournelière, moins de 35 ans" ID="ID_063" CREATED="1770314400000" MODIFIED="1770314400000"/>
  </node>
 </node>
</map>
